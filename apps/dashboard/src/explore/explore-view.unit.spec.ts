import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from '../api.js';
import { readUrl } from '../url-state.js';
import { exploreAddress } from './explore-api.js';
import { exploreViewOf, fieldsOf, sizeOf } from './explore-view.js';

const label = (text: string) => ({ fa: text, en: text });

const measure = (code: string) => ({
  code,
  name: label(code),
  unit: label('jobs'),
  definition: label(code),
  kind: 'flow' as const,
});

const dataflow: Dataflow = {
  code: 'JOBS',
  version: 1,
  name: label('Jobs'),
  description: label('Jobs'),
  dimensions: [
    {
      code: 'area',
      name: label('Area'),
      levels: ['country', 'state'],
      codes: [
        { code: 'IR', name: label('Iran'), level: 'country' },
        { code: 'IR-23', name: label('Tehran'), level: 'state', parent: 'IR' },
      ],
    },
    { code: 'sex', name: label('Sex'), codes: [] },
  ],
  measures: [measure('jobs'), measure('hires')],
  months: [{ from: '1400-01', to: '1410-12', calendar: 'jalali' }],
};

const months = { from: '1401-01', to: '1403-06' };
const viewOf = (search: string) => exploreViewOf(readUrl(`?page=explore&${search}`), dataflow, months);

describe('the view of the address', () => {
  it('is the first measure by area and month over the last year, unless the address says otherwise', () => {
    const { rows, columns, question } = viewOf('');
    expect([rows, columns]).toEqual([['area'], ['month']]);
    expect(question).toEqual({
      dataflow: 'JOBS',
      measures: ['jobs'],
      where: {},
      from: '1402-07',
      to: '1403-06',
      asKnownAt: 'latest',
      view: 'effective',
    });
  });

  it('never reaches back before the first month', () => {
    const short = exploreViewOf(readUrl('?page=explore'), dataflow, { from: '1403-04', to: '1403-06' });
    expect(short.question.from).toBe('1403-04');
  });

  it('takes the area along that was chosen elsewhere, until another is filtered for', () => {
    expect(viewOf('area=IR-23').question.where).toEqual({ area: ['IR-23'] });
    expect(viewOf('area=IR').question.where).toEqual({});
    expect(viewOf('area=IR-23&where.area=IR-21&where.sex=F').question.where).toEqual({
      area: ['IR-21'],
      sex: ['F'],
    });
  });

  it('keeps a measure that the dataflow does not know, for the API to judge', () => {
    expect(viewOf('measure=hired').question.measures).toEqual(['hired']);
    expect(viewOf('measure=hires,jobs').measures.map(({ code }) => code)).toEqual(['jobs', 'hires']);
  });

  it('asks the API in one readable form', () => {
    const { question, rows, columns } = viewOf(
      'measure=hires&where.sex=F,M&where.area=IR-23&asKnownAt=1403-05',
    );
    expect(exploreAddress(question, [...rows, ...columns], { format: 'csv' })).toBe(
      'api/data/JOBS?measure=hires&by=area,month&area=IR-23&sex=F,M&from=1402-07&to=1403-06&asKnownAt=1403-05&view=effective&format=csv',
    );
  });
});

describe('the size of a table', () => {
  it('is at most what the values and months there are come to', () => {
    const availability = {
      knowledge: { release: 'latest', epoch: 1 },
      months,
      dimensions: [
        { code: 'area', values: Array.from({ length: 31 }, (_, i) => ({ code: `IR-${i}`, months: 1 })) },
        {
          code: 'sex',
          values: [
            { code: 'F', months: 1 },
            { code: 'M', months: 1 },
          ],
        },
      ],
    };
    expect(sizeOf(viewOf('rows=area,sex&columns=month'), availability)).toBe(31 * 2 * 12);
    expect(sizeOf(viewOf('rows=none&columns=none'), availability)).toBe(1);
  });
});

describe('the fields of a dataflow', () => {
  it('are the month and its dimensions, each at its levels, the finest first', () => {
    expect(fieldsOf(dataflow)).toEqual([
      { dimension: 'month', groupings: ['month'] },
      { dimension: 'area', groupings: ['area', 'area@country'] },
      { dimension: 'sex', groupings: ['sex'] },
    ]);
  });
});
