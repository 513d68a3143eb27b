import { createHash } from 'node:crypto';

/** A feed of RFC 4287, before it is written. */
export type AtomFeed = {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  /** RFC 3339 instant. */
  readonly updated: string;
  readonly self: string;
  readonly alternate: string;
  readonly author: string;
  readonly rights: string;
  readonly entries: readonly AtomEntry[];
};

export type AtomEntry = {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly alternate: string;
  readonly category: string;
  readonly summary: string;
};

/** A name that is the same wherever and whenever it is made from the same parts: a UUID of version 8 (RFC 9562). */
export const stableId = (...parts: readonly string[]): string => {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.subarray(0, 16).toString('hex');
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
};

const escaped = (text: string): string =>
  text
    // a character that XML 1.0 cannot hold
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const entryLines = (entry: AtomEntry): readonly string[] => [
  '  <entry>',
  `    <id>${escaped(entry.id)}</id>`,
  `    <title>${escaped(entry.title)}</title>`,
  `    <updated>${escaped(entry.updated)}</updated>`,
  `    <published>${escaped(entry.updated)}</published>`,
  `    <link rel="alternate" type="text/html" href="${escaped(entry.alternate)}"/>`,
  `    <category term="${escaped(entry.category)}"/>`,
  `    <summary>${escaped(entry.summary)}</summary>`,
  '  </entry>',
];

/** The feed as a document. */
export const writeAtom = (feed: AtomFeed): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(feed.language)}">`,
    `  <id>${escaped(feed.id)}</id>`,
    `  <title>${escaped(feed.title)}</title>`,
    `  <updated>${escaped(feed.updated)}</updated>`,
    `  <author><name>${escaped(feed.author)}</name></author>`,
    `  <rights>${escaped(feed.rights)}</rights>`,
    '  <generator>Karnama</generator>',
    `  <link rel="self" type="application/atom+xml" href="${escaped(feed.self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${escaped(feed.alternate)}"/>`,
    ...feed.entries.flatMap(entryLines),
    '</feed>',
    '',
  ].join('\n');
