import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { Problem } from '../api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { english, type MessageKey } from '../messages-en.js';
import { agencyName, recordKind } from '../record-names.js';
import { BlockSkeleton, Failure } from '../states.js';
import {
  entitiesQuery,
  type LineageEntities,
  type LineageQuestion,
  type LineageRecord,
  type LineageTerm,
} from './lineage-api.js';
import { keepToken, useToken } from './token.js';

const kindKey = (kind: string): MessageKey | undefined => {
  const key = `lineage.kind.${kind}`;
  return key in english ? (key as MessageKey) : undefined;
};

const TokenForm = ({ refused }: { refused: boolean }) => {
  const id = useId();
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') keepToken(typed.trim());
  };
  return (
    <form className="token-form" onSubmit={submit} data-form="audit">
      <div className="choice">
        <label htmlFor={id}>
          <Text of="lineage.audit.token" />
        </label>
        <input
          id={id}
          type="password"
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          required
          value={typed}
          aria-invalid={refused}
          aria-describedby={refused ? `${id}e` : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <button type="submit" className="button">
        <Text of="lineage.audit.show" />
      </button>
      {refused ? (
        <p id={`${id}e`} role="alert">
          <Text of="lineage.audit.refused" />
        </p>
      ) : null}
    </form>
  );
};

const RecordLine = ({ record }: { record: LineageRecord }) => {
  const formats = useFormats();
  const { agency, contract, recordId, version, withdrawn, event } = record;
  return (
    <li data-withdrawn={withdrawn}>
      <span>
        {formats.name(recordKind(contract))} <span className="faint">{formats.name(agencyName(agency))}</span>{' '}
        <bdi className="machine">{recordId}</bdi>{' '}
        <span className="faint">
          <Text
            of="lineage.audit.version"
            values={{ version: <Num key="version">{formats.whole(BigInt(version))}</Num> }}
          />
        </span>
        {withdrawn ? (
          <>
            {' '}
            <span className="mark">
              <Text of="lineage.audit.withdrawn" />
            </span>
          </>
        ) : null}
      </span>
      {event === null ? null : (
        <span className="machine" dir="ltr">
          {event.type} · {event.stream}@{event.revision}
          {event.submission === null ? '' : ` · ${event.submission}`}
        </span>
      )}
    </li>
  );
};

const Entities = (props: { answer: LineageEntities; terms: readonly LineageTerm[] }) => {
  const { answer, terms } = props;
  const formats = useFormats();
  const text = useText();
  const partsOf = (contributes: readonly number[]): string =>
    contributes
      .flatMap((value, at) => {
        const term = terms[at];
        return value === 0 || term === undefined
          ? []
          : [`${formats.name(term.name)} \u2066${formats.signed(BigInt(value))}\u2069`];
      })
      .join(formats.comma);
  return (
    <ul className="audit-entities" data-figures="entities" aria-label={text('lineage.audit.table')}>
      {answer.entities.map(({ entity, kind, contributes, records }, at) => {
        const key = kindKey(kind);
        return (
          <li key={`${kind}/${entity}`} data-row={`${kind}/${entity}`}>
            <details open={at === 0}>
              <summary>
                <span>
                  {key === undefined ? kind : <Text of={key} />} <bdi className="machine">{entity}</bdi>
                </span>{' '}
                <span className="faint">
                  <Text of="lineage.audit.count" values={{ count: records.length }} />
                </span>
                <br />
                <span className="faint">
                  <Text of="lineage.audit.contributes" values={{ list: partsOf(contributes) }} />
                </span>
              </summary>
              <ul className="audit-records">
                {records.map((record) => (
                  <RecordLine
                    key={`${record.agency}/${record.contract}/${record.recordId}`}
                    record={record}
                  />
                ))}
              </ul>
            </details>
          </li>
        );
      })}
    </ul>
  );
};

const Shown = (props: { question: LineageQuestion; token: string; terms: readonly LineageTerm[] }) => {
  const { question, token, terms } = props;
  const [after, setAfter] = useState<string>();
  const { data, error, refetch } = useQuery(entitiesQuery(question, token, after));
  if (error instanceof Problem && (error.status === 401 || error.code === 'audit-token-refused'))
    return <TokenForm refused />;
  return (
    <>
      {error instanceof Problem && error.code === 'audit-closed' ? (
        <p role="alert">
          <Text of="lineage.audit.closed" />
        </p>
      ) : error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} bare />
      ) : data === undefined ? (
        <BlockSkeleton />
      ) : (
        <Entities answer={data} terms={terms} />
      )}
      <div className="audit-steps">
        {after === undefined ? null : (
          <button type="button" className="button" onClick={() => setAfter(undefined)}>
            <Text of="lineage.audit.first" />
          </button>
        )}
        {data === undefined || data.next === null ? null : (
          <button type="button" className="button" onClick={() => setAfter(data.next ?? undefined)}>
            <Text of="lineage.audit.more" />
          </button>
        )}
        <button type="button" className="quiet-button" onClick={() => keepToken(undefined)}>
          <Text of="lineage.audit.forget" />
        </button>
      </div>
    </>
  );
};

/** For auditors: the entities behind the figure with their records and ledger events. */
export const AuditCard = (props: { question: LineageQuestion; terms: readonly LineageTerm[] }) => {
  const { question, terms } = props;
  const token = useToken();
  const id = useId();
  return (
    <section className="card audit" aria-labelledby={id} data-card="audit">
      <div className="card-heading">
        <div>
          <h3 id={id}>
            <Text of="lineage.audit" />
          </h3>
          <p className="faint">
            <Text of="lineage.audit.lead" />
          </p>
        </div>
      </div>
      {token === undefined ? (
        <TokenForm refused={false} />
      ) : (
        <Shown key={JSON.stringify(question)} question={question} token={token} terms={terms} />
      )}
    </section>
  );
};
