import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { figures, quiet } from '../../test/figures.js';
import { sampleIndicators } from '../../test/indicator-cells.js';
import { startApi, type RunningApi } from '../api.js';

let running: RunningApi;

beforeAll(async () => {
  const indicators = await sampleIndicators();
  running = await startApi(quiet(figures(), { indicators }), { port: 0 });
});

afterAll(() => running.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.url}${path}`, { headers });

type Element = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; text: string };
type Node = Element & { readonly children: Node[] };

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The document as a tree; throws where it is not well formed. */
const parsed = (xml: string): Node => {
  const root: Node = { name: '', attributes: new Map(), text: '', children: [] };
  const open = [root];
  const tokens = xml.replace(/^<\?xml version="1.0" encoding="utf-8"\?>\n/, '').match(/<[^>]+>|[^<]+/g) ?? [];
  for (const token of tokens) {
    const at = open.at(-1) as Node;
    const tag = /^<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)(\/?)>$/.exec(token);
    if (tag === null) {
      if (token.startsWith('<') || /&(?!(lt|gt|quot|amp);)/.test(token)) throw new Error(`not XML: ${token}`);
      at.text += unescaped(token);
    } else if (tag[1] === '/') {
      if (open.pop()?.name !== tag[2]) throw new Error(`${tag[2]} closes another element`);
    } else {
      const pairs = [...(tag[3] ?? '').matchAll(/([\w:]+)="([^"]*)"/g)];
      const attributes = new Map(pairs.map(([, name = '', value = '']) => [name, unescaped(value)]));
      const node: Node = { name: tag[2] ?? '', attributes, text: '', children: [] };
      at.children.push(node);
      if (tag[4] === '') open.push(node);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('an element is not closed');
  return root.children[0] as Node;
};

const childrenOf = (node: Node, name: string): Node[] => node.children.filter((one) => one.name === name);
const textIn = (node: Node, name: string): string => childrenOf(node, name)[0]?.text ?? '';
const entriesOf = (feed: Node): Node[] => childrenOf(feed, 'entry');
const kindOf = (entry: Node): string => childrenOf(entry, 'category')[0]?.attributes.get('term') ?? '';
const linkOf = (node: Node, rel: string): string =>
  childrenOf(node, 'link')
    .find(({ attributes }) => attributes.get('rel') === rel)
    ?.attributes.get('href') ?? '';

const feedAt = async (path: string): Promise<Node> => parsed(await (await get(path)).text());

describe('the feed of an indicator', () => {
  const path = '/api/indicators/HIRES/feed?area=IR-23&lang=en';

  it('is Atom with what RFC 4287 asks of a feed and of each entry', async () => {
    const response = await get(path);
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = parsed(await response.text());
    expect([feed.name, feed.attributes.get('xmlns')]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    for (const name of ['id', 'title', 'updated', 'author', 'rights'])
      expect([name, childrenOf(feed, name).length]).toEqual([name, 1]);
    expect(linkOf(feed, 'self')).toBe(`${running.url}${path}`);
    for (const entry of entriesOf(feed)) {
      for (const name of ['id', 'title', 'updated', 'summary'])
        expect([name, childrenOf(entry, name).length]).toEqual([name, 1]);
      expect(textIn(entry, 'id')).toMatch(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(new Date(textIn(entry, 'updated')).toISOString()).toBe(textIn(entry, 'updated'));
      expect(linkOf(entry, 'alternate')).toMatch(/\?page=indicator&indicator=HIRES&area=IR-23&asKnownAt=/);
    }
    expect(textIn(feed, 'updated')).toBe('2024-10-01T00:00:00.000Z');
  });

  it('tells what each release brought and revised, newest first, with the API’s figures', async () => {
    const feed = await feedAt(path);
    expect(
      entriesOf(feed).map((entry) => [
        kindOf(entry),
        textIn(entry, 'summary').replace(/[\u2068\u2069]/g, ''),
      ]),
    ).toEqual([
      ['revised', 'Ordibehesht 1403: from 40 to 41 jobs.'],
      ['released', 'Shahrivar 1403: 0 jobs; Mordad 1403: 0 jobs; Tir 1403: 0 jobs.'],
      ['released', 'Khordad 1403: 0 jobs; Ordibehesht 1403: 40 jobs; Farvardin 1403: 0 jobs.'],
    ]);
  });

  it('keeps the ids of its entries, and has others for another series', async () => {
    const ids = async (query: string) =>
      entriesOf(await feedAt(`/api/indicators/HIRES/feed?${query}`)).map((entry) => textIn(entry, 'id'));
    const first = await ids('area=IR-23');
    expect(await ids('area=IR-23')).toEqual(first);
    expect(new Set([...first, ...(await ids('area=IR-21')), ...(await ids('area=IR-23&freq=Q'))]).size).toBe(
      first.length + (await ids('area=IR-21')).length + (await ids('area=IR-23&freq=Q')).length,
    );
  });

  it('is Persian unless asked otherwise', async () => {
    const feed = await feedAt('/api/indicators/HIRES/feed?area=IR-23');
    expect(feed.attributes.get('xml:lang')).toBe('fa');
    const revised = entriesOf(feed).find((entry) => kindOf(entry) === 'revised') as Node;
    expect(textIn(revised, 'summary').replace(/[\u2068\u2069]/g, '')).toBe('اردیبهشت ۱۴۰۳: از ۴۰ به ۴۱ شغل.');
  });

  it('is not sent again to who has it', async () => {
    const tag = (await get(path)).headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
  });

  it('refuses what a feed is not asked', async () => {
    for (const query of ['by=area', 'from=1403-01', 'asKnownAt=bahar', 'change=year', 'area=XX'])
      expect([query, (await get(`/api/indicators/HIRES/feed?${query}`)).status]).toEqual([query, 400]);
    expect((await get('/api/indicators/WEATHER/feed')).status).toBe(404);
  });
});

describe('a view for a frame in another page', () => {
  const headersAt = async (path: string) => {
    const { headers } = await get(path);
    return [
      headers.get('content-security-policy')?.split('frame-ancestors ')[1],
      headers.get('x-frame-options'),
    ];
  };

  it('may be framed by anyone; nothing else may', async () => {
    expect(await headersAt('/?page=indicator&indicator=HIRES&embed=1')).toEqual(['*', null]);
    for (const path of [
      '/',
      '/?page=indicator',
      '/?page=overview&embed=1',
      '/?embed=1',
      '/api/status?page=indicator&embed=1',
    ])
      expect([path, await headersAt(path)]).toEqual([path, ["'self'", 'SAMEORIGIN']]);
  });
});
