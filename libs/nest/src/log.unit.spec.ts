import { describe, expect, it } from '@jest/globals';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { createLog, type LogFields, type LogLevel } from './log.js';
import { nestLog } from './nest-log.js';

const person = '0012345679';

const written = (level: LogLevel = 'debug') => {
  const lines: string[] = [];
  const log = createLog({
    app: 'intake',
    worker: 'w-1',
    level,
    destination: { write: (line) => void lines.push(line) },
  });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe('the log of a process', () => {
  it('is one JSON object a line, with level, time, app, worker and the listed fields', () => {
    const { log, lines, parsed } = written();
    log.info('taken in', { topic: 'karnama.a.b', partition: 3, next: 9007199254740993n });
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(parsed()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        app: 'intake',
        worker: 'w-1',
        pid: process.pid,
        topic: 'karnama.a.b',
        partition: 3,
        next: '9007199254740993',
        msg: 'taken in',
      },
    ]);
  });

  it('leaves out every field that is not listed, whatever the compiler was told', () => {
    const { log, lines } = written();
    log.warn('a record', {
      topic: 'karnama.a.b',
      nationalId: person,
      value: { nationalId: person },
    } as LogFields);
    expect(lines[0]).toContain('karnama.a.b');
    expect(lines[0]).not.toContain(person);
  });

  it.each([
    [
      'a driver’s error',
      Object.assign(new Error(`invalid input syntax for type integer: "${person}"`), {
        code: '22P02',
        detail: person,
      }),
    ],
    ['an error of many lines', new Error(`no\n    at ${person}\n    at record (file:1:2)`)],
    [
      'a refused statement',
      new KarnamaError('database-refused', `the database refused ${person}`, undefined, {
        cause: new Error(person),
      }),
    ],
    [
      'an error named by data',
      Object.assign(new Error('x'), { name: `Error of ${person}`, code: person.repeat(10) }),
    ],
    ['a thrown text', person],
  ])('tells name, code and place of %s, and nothing of its text', (_, error) => {
    const { log, lines, parsed } = written();
    log.error('it failed', { error });
    expect(lines[0]).not.toContain(person);
    expect(parsed()[0]?.['error']).toMatchObject({ name: expect.any(String) });
  });

  it('tells the text of errors that are made of our own words, with their causes', () => {
    const { log, parsed } = written();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    log.error('it failed', { error: new Unavailable('the database cannot be reached', { cause }) });
    expect(parsed()[0]?.['error']).toMatchObject({
      name: 'Unavailable',
      code: 'unavailable',
      message: 'the database cannot be reached',
      at: expect.arrayContaining([expect.stringMatching(/^at /)]),
      cause: { name: 'Error', code: 'ECONNREFUSED' },
    });
  });

  it('keeps silent below its level', () => {
    const { log, lines } = written('warn');
    log.info('unheard');
    expect(lines).toEqual([]);
  });

  it('takes what Nest says up to the first colon, with the correlation of the request', () => {
    const { log, lines, parsed } = written();
    const id = '4f1cb0f5-6b3a-4c7e-9a51-1b2c3d4e5f60';
    nestLog(log).error(
      `GET /api/data/X failed, correlation ${id}: Error: ${person}\n    at x (y:1:1)`,
      'Problem',
    );
    expect(parsed()[0]).toMatchObject({
      level: 'error',
      msg: `GET /api/data/X failed, correlation ${id}`,
      correlation: id,
      context: 'Problem',
    });
    expect(lines[0]).not.toContain(person);
  });
});
