import { describe, expect, it } from '@jest/globals';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { problemOf } from './problem.js';

describe('a problem document', () => {
  it.each([
    ['unknown-dataflow', 404],
    ['unknown-measure', 400],
    ['unknown-dimension', 400],
    ['unknown-code', 400],
    ['unknown-release', 400],
    ['bad-month', 400],
    ['bad-request', 400],
    ['not-found', 404],
    ['not-acceptable', 406],
  ])('keeps message and mend of %s and answers %i', (code, status) => {
    expect(problemOf(new KarnamaError(code, 'what is wrong', 'what to do'), 'c-1')).toEqual({
      type: `urn:karnama:problem:${code}`,
      title: `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`,
      status,
      detail: 'what is wrong',
      code,
      mend: 'what to do',
    });
  });

  it.each([
    new KarnamaError('revision-moved', 'stream feed_x at 7'),
    new Error('password authentication failed for user "karnama"'),
    Object.assign(new Error('secret'), { statusCode: 500 }),
    'a thrown string',
    undefined,
  ])('tells nothing of a failure of the server but its correlation id (%#)', (thrown) => {
    expect(problemOf(thrown, 'c-2')).toEqual({
      type: 'urn:karnama:problem:internal-error',
      title: 'Internal error',
      status: 500,
      detail: 'the server failed to answer this request',
      code: 'internal-error',
      mend: 'report it together with the correlation id',
      correlation: 'c-2',
    });
  });

  it('answers 503 without the address of the store that is unavailable', () => {
    const problem = problemOf(new Unavailable('connect ECONNREFUSED 10.0.0.5:5432'), 'c-3');
    expect(problem).toMatchObject({ status: 503, code: 'unavailable', correlation: 'c-3' });
    expect(JSON.stringify(problem)).not.toContain('10.0.0.5');
  });

  it("keeps the framework's refusals", () => {
    const refusal = Object.assign(new Error('Request body is too large'), { statusCode: 413 });
    expect(problemOf(refusal, 'c-4')).toMatchObject({ status: 413, code: 'content-too-large' });
  });
});
