import { describe, expect, it } from '@jest/globals';
import { latinDigits, loadContracts, loadEventShapes, type PseudonymOf } from '@karnama/contracts';
import fc from 'fast-check';
import type { ReceivedRecord } from './channel.js';
import { eventIdsOf, uuidV5 } from './event-id.js';
import { feedOf, feedStream, pipelineOf } from './pipeline.js';

const schemas = new URL('../../../schemas/', import.meta.url);
const contracts = await loadContracts(new URL('contracts', schemas).pathname);
const shapes = await loadEventShapes(new URL('events', schemas).pathname);

/** Tells what it was asked for, in the form of a pseudonym. */
const asked: string[] = [];
const pseudonymOf: PseudonymOf = (kind, text) => {
  asked.push(`${kind} ${text}`);
  return `${kind === 'person' ? 'p' : 'r'}1_${'a'.repeat(26)}`;
};

const toEvent = pipelineOf(feedOf('karnama.br-mte.movements', 2), contracts, pseudonymOf);
const good = { effective_month: '2025-12', declared_month: '2026-01', direction: 'hire', area: 'BR-MA' };
const received = (value: string | null, headers: Record<string, string> = {}): ReceivedRecord => ({
  key: null,
  value,
  headers,
  offset: 41n,
  timestamp: '2026-02-01T08:00:00.000Z',
});
const codesOf = (record: ReceivedRecord): unknown => {
  const event = toEvent(record);
  if (event.type !== 'RecordQuarantined') return event.type;
  return (event.data as { problems: { code: string; field: string | null }[] }).problems.map(
    ({ code }) => code,
  );
};

describe('a sound record', () => {
  it('becomes its event, which tells where it came from', () => {
    const headers = {
      'record-id': '0af3:7',
      submission: 'd1',
      'record-version': '2',
      file: 'x.csv',
      line: '7',
      contract: 'movements',
      'contract-version': '1',
    };
    expect(toEvent(received(JSON.stringify(good), headers))).toEqual({
      id: uuidV5(Buffer.from('8c2f1d4e9b7a4c56a1e03d5b6f709182', 'hex'), 'karnama.br-mte.movements/2/41'),
      type: 'MovementDeclared',
      data: {
        effectiveMonth: '2025-12',
        declaredMonth: '2026-01',
        direction: 'hire',
        area: 'BR-MA',
        industry: null,
        occupation: null,
        education: null,
        age: null,
        sex: null,
        weeklyHours: null,
        monthlyWage: null,
        movementKind: null,
      },
      metadata: {
        schemaVersion: 1,
        receivedAt: '2026-02-01T08:00:00.000Z',
        agency: 'br-mte',
        contract: 'movements',
        contractVersion: 1,
        recordId: '0af3:7',
        recordVersion: 2,
        source: { topic: 'karnama.br-mte.movements', partition: 2, offset: '41' },
        submission: 'd1',
      },
    });
  });

  it('without an id is known by its place in the channel', () => {
    expect(toEvent(received(JSON.stringify(good))).metadata).toMatchObject({
      recordId: 'karnama.br-mte.movements/2/41',
      recordVersion: 1,
    });
  });

  it('sent twice is two events: equal records are different movements', () => {
    const [a, b] = [
      toEvent(received(JSON.stringify(good))),
      toEvent({ ...received(JSON.stringify(good)), offset: 42n }),
    ];
    expect(a.id).not.toBe(b.id);
    expect(a.data).toEqual(b.data);
  });
});

describe('an event id', () => {
  it('is the UUIDv5 of RFC 9562, appendix A.4', () => {
    const dns = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('differs by topic, partition and offset, and is the same every time', () => {
    const ids = [
      eventIdsOf('a', 0)(1n),
      eventIdsOf('a', 0)(10n),
      eventIdsOf('a', 1)(1n),
      eventIdsOf('b', 0)(1n),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(eventIdsOf('a', 0)(1n)).toBe(ids[0]);
  });
});

describe('a poisonous record is quarantined:', () => {
  const full = JSON.stringify(good);
  it.each<[string, string | null, string[]]>([
    ['a tombstone', null, ['empty-record']],
    ['no text', '', ['empty-record']],
    ['broken JSON', '{"area":', ['invalid-json']],
    ['bare text', 'hello', ['invalid-json']],
    ['NaN', full.replace('"hire"', 'NaN'), ['invalid-json']],
    ['a NUL in the JSON', `\u0000${full}`, ['invalid-json']],
    ['a list', '[]', ['not-an-object']],
    ['a number', '7', ['not-an-object']],
    ['null', 'null', ['not-an-object']],
    ['an empty object', '{}', ['missing-field', 'missing-field', 'missing-field', 'missing-field']],
    ['a __proto__ key', full.replace('{', '{"__proto__":{"age":30},'), ['unknown-field']],
    [
      'required fields in a __proto__',
      `{"__proto__":${full}}`,
      ['missing-field', 'missing-field', 'missing-field', 'missing-field', 'unknown-field'],
    ],
    ['a constructor key', full.replace('{', '{"constructor":{"prototype":{}},'), ['unknown-field']],
    ['an infinite number', full.replace('{', '{"monthly_wage":1e400,'), ['wrong-type']],
    ['a lone surrogate', full.replace('hire', '\\ud800'), ['not-in-code-list']],
    ['a NUL in a field', full.replace('BR-MA', 'BR\\u0000'), ['bad-format']],
    ['lists 10,000 deep', full.replace('"BR-MA"', '['.repeat(10_000) + ']'.repeat(10_000)), ['wrong-type']],
    [
      'objects 10,000 deep',
      '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
      ['missing-field', 'missing-field', 'missing-field', 'missing-field', 'unknown-field'],
    ],
    ['a list of a million', full.replace('"BR-MA"', `[${'0,'.repeat(400_000)}0]`), ['wrong-type']],
    ['ten megabytes', full.replace('hire', 'x'.repeat(10_000_000)), ['too-large']],
  ])('%s', (_name, value, codes) => {
    expect([...(codesOf(received(value)) as string[])].sort()).toEqual([...codes].sort());
  });

  it('five thousand unknown fields, of which it tells twenty', () => {
    const record = { ...good, ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, i])) };
    expect(codesOf(received(JSON.stringify(record)))).toHaveLength(20);
  });
});

describe('headers', () => {
  const value = JSON.stringify(good);
  it.each<[string, Record<string, string>, unknown]>([
    ['another contract than the topic', { contract: 'movement-totals' }, ['contract-mismatch']],
    ['an unknown version', { 'contract-version': '2' }, ['unknown-contract-version']],
    ['a version that is no number', { 'contract-version': 'one' }, ['unknown-contract-version']],
    ['an id with a line break', { 'record-id': 'a\nb' }, ['bad-header']],
    ['an id that is too long', { 'record-id': 'a'.repeat(201) }, ['bad-header']],
    ['a version of the record that is no number', { 'record-version': '-1' }, ['bad-header']],
    ['a line that is no number', { line: 'x' }, ['bad-header']],
    [
      'problems of the file gateway',
      { problems: '[{"code":"bad-month","field":"mes","value":"##"}]' },
      ['bad-month'],
    ],
    ['problems in no form at all', { problems: 'oops' }, ['bad-header']],
    ['an empty list of problems', { problems: '[]' }, ['bad-header']],
    ['problems that are null', { problems: '[null]' }, ['bad-header']],
    ['headers that we do not know', { traceparent: '\u0000' }, 'MovementDeclared'],
  ])('with %s', (_name, headers, codes) => expect(codesOf(received(value, headers))).toEqual(codes));

  it('of an unknown contract quarantine the record', () => {
    const event = pipelineOf(feedOf('karnama.br-mte.wishes', 0), contracts, pseudonymOf)(received(value));
    expect(event).toMatchObject({
      type: 'RecordQuarantined',
      data: { problems: [{ code: 'unknown-contract' }] },
    });
    expect(event.metadata).not.toHaveProperty('contractVersion');
  });

  it('tell file and line of a refused row', () => {
    const event = toEvent(received('{', { file: 'روزانه.csv', line: '12' }));
    expect(event.data).toEqual({
      problems: [{ code: 'invalid-json', field: null, value: null }],
      file: 'روزانه.csv',
      line: 12,
    });
  });
});

describe('a national id', () => {
  const ids = ['0499370899', '۰۴۹۹۳۷۰۸۹۹', '٠٤٩٩٣٧٠٨٩٩', '049-937089-9', '۰۴۹ ۹۳۷۰۸۹ ۹'];
  const topic = 'karnama.social-insurance.employment-starts';
  const start = {
    spell: 's-1',
    national_id: '۰۴۹۹۳۷۰۸۹۹',
    workshop: '0183630045',
    enterprise_id: '0654321094',
    start_day: '1404-01-01',
    area: 'IR-23',
    reported_on: '1404-02-01',
  };
  const toStart = pipelineOf(feedOf(topic, 0), contracts, pseudonymOf);
  /** The event of a record, which holds no id that stands in it, whatever its digits. */
  const eventOf = (record: ReceivedRecord) => {
    const event = toStart(record);
    const digits = latinDigits(JSON.stringify(event)).replaceAll(/[-. ]/g, '');
    expect([digits.includes('0499370899'), digits.includes('0654321094')]).toEqual([false, false]);
    expect(shapes.faultsOf(event)).toEqual([]);
    return event;
  };

  it('of a person becomes the pseudonym of that person, by its Latin digits', () => {
    asked.length = 0;
    const event = eventOf(received(JSON.stringify(start), { 'record-id': 'sso-s-123456' }));
    expect(asked).toEqual(['person 0499370899', 'person 0654321094']);
    expect(event).toMatchObject({
      type: 'EmploymentStarted',
      data: { person: `p1_${'a'.repeat(26)}`, enterprise: `p1_${'a'.repeat(26)}`, startDay: '2025-03-21' },
      metadata: { recordId: 'sso-s-123456' },
    });
  });

  it.each(ids)('written %s into the name of a record, a submission or a file is not kept', (id) => {
    asked.length = 0;
    const headers = { 'record-id': `sso ${id}`, submission: id, file: `${id}.csv`, line: '3' };
    const event = eventOf(received('{', headers));
    expect(asked).toEqual([`reference sso ${id}`, `reference ${id}`]);
    expect(event.metadata).toMatchObject({ recordId: `r1_${'a'.repeat(26)}` });
    expect(event.data).toMatchObject({ file: expect.stringMatching(/^[#. -]+csv$/), line: 3 });
  });

  it.each(ids)('written %s into the wrong place is refused without being shown', (id) => {
    const placed: readonly Readonly<Record<string, unknown>>[] = [
      { national_id: `${id} ` },
      { father_name: id },
      { [id]: 1 },
      { [`${id} / x`]: id },
      { area: id },
      { workshop: '0499370899' },
      { monthly_wage: '0499370899' },
      { sex: id },
      { start_day: id },
      { birth_month: id },
      { national_id: Number('0499370899') },
      { national_id: [id] },
    ];
    for (const change of placed)
      expect([change, eventOf(received(JSON.stringify({ ...start, ...change }))).type]).toEqual([
        change,
        'RecordQuarantined',
      ]);
    expect(eventOf(received(id)).type).toBe('RecordQuarantined');
  });

  it.each(ids)('written %s into headers that are refused is not shown', (id) => {
    const value = JSON.stringify(start);
    for (const name of ['record-version', 'line', 'contract', 'contract-version', 'problems'])
      expect(eventOf(received(value, { [name]: id })).type).toBe('RecordQuarantined');
    expect(eventOf(received(value, { 'record-id': `${id}\n` })).type).toBe('RecordQuarantined');
    const problems = JSON.stringify([{ code: 'bad-month', field: `col ${id}`, value: id }]);
    expect(eventOf(received(value, { problems })).data).toMatchObject({
      problems: [{ code: 'bad-month', field: expect.stringContaining('###') }],
    });
  });

  it('in a number that the agency gave is replaced in the record and in its withdrawal alike', () => {
    asked.length = 0;
    const event = eventOf(received(JSON.stringify({ ...start, spell: 'nid-0499370899' })));
    expect(event.data).toMatchObject({ spell: `r1_${'a'.repeat(26)}` });
    const withdraw = pipelineOf(
      feedOf('karnama.social-insurance.employment-withdrawals', 0),
      contracts,
      pseudonymOf,
    );
    const { spell, national_id, workshop, enterprise_id, reported_on } = start;
    const withdrawal = { spell, national_id, workshop, enterprise_id, reported_on };
    const named = { ...withdrawal, contract: 'employment-starts', record_id: '0499370899/1' };
    expect(withdraw(received(JSON.stringify(named))).data).toMatchObject({
      recordId: `r1_${'a'.repeat(26)}`,
    });
    expect(asked).toContain('reference nid-0499370899');
    expect(asked).toContain('reference 0499370899/1');
  });
});

describe('whatever is sent', () => {
  it('becomes exactly one event of a stored shape, and never throws', () => {
    const field = fc.constantFrom(
      'area',
      'age',
      'direction',
      'monthly_wage',
      'effective_month',
      '__proto__',
      'x\u0000',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.dictionary(field, fc.jsonValue()).map((more) => JSON.stringify({ ...good, ...more })),
    );
    const header = fc.constantFrom(
      'record-id',
      'submission',
      'file',
      'line',
      'problems',
      'contract-version',
      'record-version',
    );
    const headers = fc.dictionary(header, fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json()));
    fc.assert(
      fc.property(value, headers, (text, given) => {
        const event = toEvent(received(text, given));
        expect(shapes.faultsOf(event)).toEqual([]);
        // what no store would take: lone surrogates and NUL, which JSON writes as escapes
        expect(JSON.stringify(event).replaceAll('\\\\', '')).not.toMatch(/\\u(?:0000|d[89a-f])/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a topic', () => {
  it('names agency and contract, and with the partition its stream', () => {
    expect(feedStream('karnama.br-mte.movement-totals', 3)).toBe('feed_br-mte_movement-totals-3');
  });
  it.each([
    'karnama.br-mte',
    'karnama.a.b',
    'karnama.br-mte.movements.x',
    'other.br-mte.movements',
    'karnama.BR.movements',
    'karnama.br_mte.movements',
  ])('%s is refused', (topic) =>
    expect(() => feedOf(topic, 0)).toThrow('is none of karnama.<agency>.<contract>'),
  );
});
