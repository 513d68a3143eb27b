import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadContracts } from './load-contracts.js';

const source = fileURLToPath(
  new URL('../../../schemas/contracts/labour-ministry/movements/v1', import.meta.url),
);

describe('a folder of contracts', () => {
  let dir: string;
  const place = (): string => join(dir, 'labour-ministry', 'movements', 'v1');
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'karnama-contracts-'));
    cpSync(source, place(), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const edit = (file: string, from: string | RegExp, to: string): void => {
    const path = join(place(), file);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  };

  it('is read whole', async () => {
    const contracts = await loadContracts(dir);
    expect(contracts.newest('movements')).toBe(contracts.find('movements', 1));
    expect(contracts.newest('movements')).toMatchObject({
      agency: 'labour-ministry',
      name: 'movements',
      version: 1,
    });
    expect(
      contracts.newest('movements')?.fields.find(({ name }) => name === 'movement_kind')?.codes,
    ).toContainEqual({
      code: 'resignation',
      name: { fa: 'استعفا', en: 'Resignation' },
    });
    expect([contracts.find('movements', 2), contracts.newest('wishes')]).toEqual([undefined, undefined]);
  });

  it.each<[string, string, string | RegExp, string, string]>([
    ['no YAML', 'contract.yaml', /^name/, '- name', 'contract.yaml'],
    ['no owner', 'contract.yaml', /^owner:/m, 'landlord:', "contract must have required property 'owner'"],
    ['an unknown rule', 'contract.yaml', 'known-area:', 'nice-area:', 'there is no content rule "nice-area"'],
    ['unfit arguments', 'contract.yaml', '- 120', '- old', 'a rule needs a number, not "old"'],
    [
      'an unknown fact',
      'contract.yaml',
      'becomes: movement-declared',
      'becomes: something',
      'there is no fact "something"',
    ],
    ['another name', 'contract.yaml', 'name: movements', 'name: moves', 'does not belong in this folder'],
    ['a field that the schema lacks', 'contract.yaml', /^ {2}sex:/m, '  gender:', 'field sex is not in both'],
    ['broken JSON', 'schema.json', /^\{/, '{,', 'schema.json'],
    [
      'an open schema',
      'schema.json',
      '"additionalProperties": false',
      '"additionalProperties": true',
      'the schema is open',
    ],
    ['a keyword that is none', 'schema.json', '"pattern"', '"patern"', 'unknown keyword: "patern"'],
    [
      'codes that differ from the schema',
      'code-lists/movement-kind.yaml',
      'resignation:',
      'quitting:',
      'the codes of movement_kind differ',
    ],
  ])('with %s is refused, naming the file', async (_name, file, from, to, message) => {
    edit(file, from, to);
    await expect(loadContracts(dir)).rejects.toMatchObject({
      code: 'broken-contract',
      message: expect.stringContaining(message),
    });
    await expect(loadContracts(dir)).rejects.toThrow(place());
  });

  it.each<[string, string | RegExp, string, string]>([
    ['both an event and a fact', /^rules:/m, 'event: MovementDeclared\nrules:', 'names either the event'],
    ['neither an event nor a fact', /^becomes: .*\n/m, '', 'names either the event'],
    [
      'a field of an event without an event',
      /^ {2}sex:\n/m,
      '  sex:\n    as: text\n',
      'field sex goes into an event that the contract does not name',
    ],
    [
      'an event that a field does not go into',
      'becomes: movement-declared',
      'event: MovementDeclared',
      'does not say how it goes into the event',
    ],
    [
      'a kind of field that is none',
      /^ {2}sex:\n/m,
      '  sex:\n    as: letter\n',
      '/as must be equal to one of',
    ],
  ])('with %s is refused', async (_name, from, to, message) => {
    edit('contract.yaml', from, to);
    await expect(loadContracts(dir)).rejects.toMatchObject({
      code: 'broken-contract',
      message: expect.stringContaining(message),
    });
  });

  it('that is empty or not there is refused', async () => {
    await expect(loadContracts(join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'no-contracts' });
    rmSync(join(dir, 'labour-ministry'), { recursive: true });
    await expect(loadContracts(dir)).rejects.toMatchObject({ code: 'no-contracts' });
  });
});
