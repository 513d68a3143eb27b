import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readAgencies } from './agencies.js';
import { topicChanges } from './topic-changes.js';
import { topicPlan } from './topic-plan.js';

const contracts = new Set(['movements', 'movement-totals', 'movement-retractions']);
const text = `
defaults: { partitions: 4, retention-days: 10 }
intake: { principal: in, group: g }
gateway: { principal: gate }
agencies:
  - { code: br, contracts: [movements] }
  - { code: br-mte, principal: "CN=mte", contracts: [movements, movement-totals], partitions: 9, compression: zstd }
`;
const plan = topicPlan(contracts, readAgencies(text));

const mayBe = (principal: string) =>
  plan.access
    .filter((access) => access.principal === `User:${principal}`)
    .map(({ operation, resource, pattern, name }) => `${operation} ${resource} ${pattern} ${name}`);

describe('the plan of topics', () => {
  it('has one topic for each contract of each agency, and one for the notes of the gateway', () => {
    expect(plan.topics.map(({ name, partitions }) => [name, partitions])).toEqual([
      ['karnama-producers', 1],
      ['karnama.br-mte.movement-totals', 9],
      ['karnama.br-mte.movements', 9],
      ['karnama.br.movements', 4],
    ]);
  });

  it('keeps records for the time that is set, in enough replicas, and never compacts them', () => {
    expect(plan.topics.find(({ name }) => name === 'karnama.br-mte.movements')).toMatchObject({
      replication: 3,
      settings: {
        'cleanup.policy': 'delete',
        'retention.ms': '864000000',
        'retention.bytes': '-1',
        'min.insync.replicas': '2',
        'compression.type': 'zstd',
        'message.timestamp.type': 'LogAppendTime',
        'unclean.leader.election.enable': 'false',
      },
    });
    expect(plan.topics[0]?.settings).toMatchObject({ 'cleanup.policy': 'compact' });
  });

  it('lets an agency write to its own prefix, which is nobody else’s, and read nothing', () => {
    expect(mayBe('br')).toEqual(['write topic prefixed karnama.br.', 'describe topic prefixed karnama.br.']);
    expect(mayBe('CN=mte')).toEqual([
      'write topic prefixed karnama.br-mte.',
      'describe topic prefixed karnama.br-mte.',
    ]);
    expect('karnama.br-mte.movements'.startsWith('karnama.br.')).toBe(false);
  });

  it('lets intake read everything in its group and write nothing', () => {
    expect(mayBe('in')).toEqual([
      'read topic prefixed karnama.',
      'describe topic prefixed karnama.',
      'read group literal g',
      'describe group literal g',
    ]);
  });

  it('gives the gateway no rights where there is none', () => {
    const without = topicPlan(contracts, readAgencies(text.replace('gateway: { principal: gate }', '')));
    expect(without.access.map(({ principal }) => principal)).not.toContain('User:gate');
    expect(mayBe('gate').length).toBeGreaterThan(0);
  });

  it('refuses a contract that does not exist', () => {
    expect(() => topicPlan(new Set(['movements']), readAgencies(text))).toThrow(
      expect.objectContaining({ code: 'unknown-contract' }),
    );
  });

  it('is what deploy/agencies.yaml says, for the contracts that there are', () => {
    const delivered = readFileSync(new URL('../../../deploy/agencies.yaml', import.meta.url), 'utf8');
    const folder = new URL('../../../schemas/contracts/', import.meta.url);
    const there = readdirSync(folder).flatMap((agency) => readdirSync(new URL(`${agency}/`, folder)));
    const topics = topicPlan(new Set(there), readAgencies(delivered)).topics.map(({ name }) => name);
    expect(topics).toEqual(
      expect.arrayContaining(['karnama.br-mte.movements', 'karnama.civil-service.employment-starts']),
    );
  });
});

describe('the file of agencies', () => {
  const refused = (...[from, to]: readonly [string, string]) =>
    expect(() => readAgencies(text.replace(from, to))).toThrow(
      expect.objectContaining({ code: 'bad-agencies' }),
    );

  it.each([
    ['two agencies of one principal', 'principal: "CN=mte"', 'principal: br'],
    ['an agency that stands there twice', 'code: br-mte', 'code: br'],
    ['a code that is no word', 'code: br,', 'code: "br.*",'],
    ['a setting that there is not', 'partitions: 9', 'partition: 9'],
    ['a number out of its range', 'partitions: 9', 'partitions: 0'],
    ['a compression that there is not', 'compression: zstd', 'compression: rar'],
    ['more in-sync replicas than replicas', 'partitions: 4', 'replication: 1, partitions: 4'],
    ['an agency without contracts', 'contracts: [movements] }', 'contracts: [] }'],
    ['what is no YAML', 'defaults:', '{ defaults:'],
  ])('refuses %s', (_, from, to) => refused(from, to));
});

describe('changes', () => {
  const asPlanned = {
    topics: new Map(plan.topics.map(({ name, partitions, settings }) => [name, { partitions, settings }])),
    access: plan.access,
  };

  it('are none where everything is as planned', () => {
    expect(topicChanges(plan, asPlanned)).toEqual({ changes: [], superfluous: [] });
  });

  it('are everything where nothing is', () => {
    const { changes } = topicChanges(plan, { topics: new Map(), access: [] });
    expect(changes).toHaveLength(plan.topics.length + plan.access.length);
  });

  it('never take away a right, but show each that is over a topic of the plan', () => {
    const right = { principal: 'User:old', operation: 'write', resource: 'topic' } as const;
    const wide = { ...right, name: '*', pattern: 'literal' } as const;
    const prefixed = { ...right, name: 'kar', pattern: 'prefixed' } as const;
    const elsewhere = { ...right, name: 'other', pattern: 'literal' } as const;
    const access = [...plan.access, wide, prefixed, elsewhere];
    expect(topicChanges(plan, { ...asPlanned, access })).toEqual({
      changes: [],
      superfluous: [wide, prefixed],
    });
  });

  it('refuse to make a topic smaller', () => {
    const topics = new Map(asPlanned.topics).set('karnama.br.movements', { partitions: 5, settings: {} });
    expect(() => topicChanges(plan, { ...asPlanned, topics })).toThrow(
      expect.objectContaining({ code: 'fewer-partitions' }),
    );
  });
});
