import '../styles/take-away.css';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { readJson } from '../api.js';
import { CopyButton } from '../copy-button.js';
import { Text, useFormats, useText } from '../language.js';
import type { MessageKey } from '../messages-en.js';
import { Modal } from '../modal.js';
import { Failure } from '../states.js';
import { writeUrl } from '../url-state.js';
import { fileNameOf, formAddress } from './addresses.js';
import { saveFile } from './save-file.js';
import type { Metadata, TakenFigure } from './taken-figure.js';

const Section = ({ heading, children }: { heading: MessageKey; children: ReactNode }) => (
  <section className="take-section">
    <h3>
      <Text of={heading} />
    </h3>
    {children}
  </section>
);

const Copied = ({ text, copy, ltr }: { text: string; copy: MessageKey; ltr?: boolean }) => {
  const say = useText();
  return (
    <div className="copied">
      <p className={ltr === true ? 'code' : ''} {...(ltr === true ? { dir: 'ltr' } : {})}>
        {text}
      </p>
      <CopyButton text={text} label={say(copy)} />
    </div>
  );
};

const forms = ['xlsx', 'excel-csv', 'csv'] as const;

const Files = ({ figure }: { figure: TakenFigure }) => {
  const { language } = useFormats();
  return (
    <ul className="take-files">
      {forms.map((form) => (
        <li key={form}>
          <a className="button" href={formAddress(figure.data, form, language)} download data-form={form}>
            <Text of={`take.${form}`} />
          </a>
        </li>
      ))}
      <li>
        <a
          className="button"
          href={figure.metadata}
          download={`${fileNameOf(figure.data)}.metadata.json`}
          data-form="metadata"
        >
          <Text of="take.metadata" />
        </a>
      </li>
    </ul>
  );
};

const Pictures = ({ figure, about }: { figure: TakenFigure; about: Metadata }) => {
  const { language } = useFormats();
  const [failed, setFailed] = useState(false);
  const make = async (form: 'svg' | 'png'): Promise<void> => {
    try {
      setFailed(false);
      const drawn = document.querySelector(figure.picture ?? '');
      if (drawn === null) throw new Error('nothing is drawn');
      const { pictureOf, pngOf } = await import('./picture.js');
      const picture = await pictureOf(drawn, {
        title: figure.title,
        language,
        notes: [about.citation[language], `SHA-256 ${about.contentHash.value}`],
      });
      const name = `${fileNameOf(figure.data)}_${about.knowledge.release}_${about.contentHash.value.slice(0, 12)}`;
      if (form === 'svg') saveFile(new Blob([picture.svg], { type: 'image/svg+xml' }), `${name}.svg`);
      else saveFile(await pngOf(picture), `${name}.png`);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      <ul className="take-files">
        {(['svg', 'png'] as const).map((form) => (
          <li key={form}>
            <button type="button" className="button" data-form={form} onClick={() => void make(form)}>
              <Text of={`take.${form}`} />
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="faint">
        {failed ? <Text of="take.picture.failed" /> : null}
      </p>
    </>
  );
};

const embedCode = (address: string, title: string): string =>
  `<iframe src="${address.replaceAll('&', '&amp;')}" title="${title.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="100%" height="560" loading="lazy" style="border:0"></iframe>`;

const absolute = (search: string): string => new URL(search || './', window.location.href).href;

/** Every way to take a figure away, with what was known when and the hash that it can be checked by. */
const TakeAwayDialog = ({ figure, onClose }: { figure: TakenFigure; onClose: () => void }) => {
  const titleId = useId();
  const { language } = useFormats();
  const about = useQuery({
    queryKey: ['data', figure.metadata],
    queryFn: ({ signal }) => readJson<Metadata>(figure.metadata, signal),
  });
  return (
    <Modal titleId={titleId} onClose={onClose}>
      <h2 id={titleId}>{figure.title}</h2>
      <Section heading="take.files">
        <Files figure={figure} />
      </Section>
      {about.error !== null && about.data === undefined ? (
        <Failure error={about.error} onRetry={() => void about.refetch()} bare />
      ) : about.data === undefined ? (
        <div className="skeleton take-skeleton" />
      ) : (
        <>
          {figure.picture === undefined ? null : (
            <Section heading="take.picture">
              <Pictures figure={figure} about={about.data} />
            </Section>
          )}
          <Section heading="take.cite">
            <Copied text={about.data.citation[language]} copy="take.cite.copy" />
            <p className="faint">
              <Text
                of="take.hash"
                values={{ algorithm: <bdi key="algorithm">{about.data.contentHash.algorithm}</bdi> }}
              />
            </p>
            <Copied text={about.data.contentHash.value} copy="take.hash.copy" ltr />
            <p className="faint">
              <Text of="take.licence" values={{ licence: <bdi key="licence">{about.data.licence}</bdi> }} />
            </p>
          </Section>
        </>
      )}
      <Section heading="take.link">
        {figure.fixed === undefined ? null : (
          <>
            <p className="faint">
              <Text of="take.link.fixed" />
            </p>
            <Copied text={absolute(writeUrl(figure.fixed))} copy="take.link.copy" ltr />
            <p className="faint">
              <Text of="take.link.latest" />
            </p>
          </>
        )}
        <Copied text={window.location.href} copy="take.link.copy" ltr />
      </Section>
      {figure.embed === undefined ? null : (
        <Section heading="take.embed">
          <Copied
            text={embedCode(absolute(writeUrl(figure.embed)), figure.title)}
            copy="take.embed.copy"
            ltr
          />
        </Section>
      )}
      {figure.feed === undefined ? null : (
        <Section heading="take.follow">
          <a href={figure.feed} type="application/atom+xml">
            <Text of="take.follow.feed" />
          </a>
        </Section>
      )}
    </Modal>
  );
};

export default TakeAwayDialog;
