import './styles/navigation.css';
import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { Text, useText } from './language.js';
import type { MessageKey } from './messages-en.js';
import { PageLink } from './page-link.js';
import { pageUrl, type PageName, type UrlState } from './url-state.js';

/** Pages that belong together. On a wide screen all are seen at once, on a narrow one group by group. */
type PageGroup = { readonly name: MessageKey; readonly pages: readonly PageName[] };

const groups: readonly PageGroup[] = [
  { name: 'nav.group.figures', pages: ['indicator', 'area', 'explore'] },
  { name: 'nav.group.topics', pages: ['flows', 'skills', 'business'] },
  { name: 'nav.group.trust', pages: ['releases', 'revisions', 'supply', 'lineage'] },
  { name: 'nav.group.more', pages: ['movements'] },
];

const Item = ({ url, page }: { url: UrlState; page: PageName }) => (
  <li>
    <PageLink to={pageUrl(url, page)} current={page === url.page}>
      <Text of={`nav.${page}`} />
    </PageLink>
  </li>
);

const Group = (props: {
  url: UrlState;
  group: PageGroup;
  open: boolean;
  onToggle: (open: boolean) => void;
}) => {
  const { url, group, open, onToggle } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void => {
    if (open && relatedTarget !== null && !currentTarget.contains(relatedTarget)) onToggle(false);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    onToggle(false);
    button.current?.focus();
  };
  return (
    <li
      className="page-group"
      data-open={open}
      data-current={group.pages.includes(url.page)}
      onBlur={leave}
      onKeyDown={escape}
    >
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => onToggle(!open)}
      >
        <Text of={group.name} />
      </button>
      <ul id={id} onClick={() => onToggle(false)}>
        {group.pages.map((page) => (
          <Item key={page} url={url} page={page} />
        ))}
      </ul>
    </li>
  );
};

/** The way to every page; a disclosure for each group where there is no room for all. */
export const Navigation = ({ url }: { url: UrlState }) => {
  const text = useText();
  const [open, setOpen] = useState<MessageKey>();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open === undefined) return undefined;
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && list.current?.contains(event.target) !== true) setOpen(undefined);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  return (
    <nav ref={list} className="pages" aria-label={text('nav.label')}>
      <ul className="page-groups">
        <Item url={url} page="overview" />
        {groups.map((group) => (
          <Group
            key={group.name}
            url={url}
            group={group}
            open={open === group.name}
            onToggle={(wanted) => setOpen(wanted ? group.name : undefined)}
          />
        ))}
      </ul>
    </nav>
  );
};
