/**
 * Cells of the labour dataflows, made in the server: 48 months of 31 provinces, where most records come
 * in their own month's epoch and the rest in one of the six after it. The same on every machine.
 */
import * as lists from '@karnama/classifications';
import { deliveryKinds, lagBands, projectionsIn } from '@karnama/statistics';
import { timed } from './measure.mjs';

/** Farvardin 1401 … Esfand 1404, the last of which every epoch before it has closed. */
const firstMonth = 1401 * 12;
const months = 48;
export const lastEpoch = months;

/** What share of all cells each dataflow holds. */
const shares = {
  JOBS: 0.35,
  WAGES: 0.25,
  PERSONS: 0.12,
  TENURE: 0.06,
  JOBSEEKERS: 0.06,
  SEARCH: 0.03,
  SEARCH_COHORT: 0.05,
  VACANCIES: 0.03,
  VACANCY_COHORT: 0.01,
  JOB_FLOWS: 0.03,
  DELIVERY: 0.01,
};

const codesOf = (list) => list.map(({ code }) => code);
const numbered = (count, prefix = '') =>
  Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(2, '0')}`);

const codes = {
  area: numbered(31, 'IR-'),
  industry: codesOf(lists.sections),
  occupation: codesOf(lists.majorGroups),
  sex: ['M', 'F'],
  age: codesOf(lists.ageBands),
  education: codesOf(lists.educationLevels),
  contract: codesOf(lists.contractTypes),
  skill: codesOf(lists.skillFamilies),
  size: codesOf(lists.sizeClasses),
  tenure: codesOf(lists.tenureBands),
  duration: codesOf(lists.searchDurations),
  wage: codesOf(lists.wageBands),
  freq: ['M', 'Q', 'A'],
  kind: codesOf(deliveryKinds),
  lag: codesOf(lagBands),
  agency: ['social-insurance', 'employment-services'],
};

const ownCodes = {
  'DELIVERY.contract': ['employment-spells', 'wages', 'jobseekers', 'vacancies'],
  'SEARCH_COHORT.elapsed': numbered(25),
  'VACANCY_COHORT.elapsed': numbered(27),
};

/** Provinces and codes at the head of their list come up more often than those at its end. */
const pick = (all, salt) => {
  const values = all.map((code) => `'${code}'`).join(',');
  return `(ARRAY[${values}])[1 + floor(${all.length} * power(${chance(salt)}, 1.5))::int]`;
};

/** A number in [0, 1) that only the row and the salt decide. */
const chance = (salt) => `((hashint8extended(n, ${salt}) & 1048575) / 1048576.0)::float8`;

const lateness = `(CASE WHEN ${chance(2)} < 0.85 THEN 0 WHEN ${chance(2)} < 0.95 THEN 1 ELSE 2 + floor(5 * ${chance(3)})::int END)`;

const rowsOf = (table, { code, dimensions, measures }, count) => {
  const month = `${firstMonth} + floor(${months} * ${chance(1)})::int`;
  const columns = dimensions.map(({ code: name }, i) =>
    pick(ownCodes[`${code}.${name}`] ?? codes[name], 10 + i),
  );
  const sums = measures.map(({ code: name }, i) =>
    name === 'wage_sum' ? '900000000 + n % 7919' : `floor(8 * ${chance(50 + i)})::int`,
  );
  return `INSERT INTO ${table}
    SELECT month, month, least(month - ${firstMonth} + 1 + late, ${lastEpoch}), ${[...columns.map((_, i) => `d${i}`), ...sums.map((_, i) => `s${i}`)].join(', ')}, 1, n & 4294967295
    FROM (SELECT n, ${month} AS month, ${lateness} AS late, ${[...columns.map((sql, i) => `${sql} AS d${i}`), ...sums.map((sql, i) => `${sql} AS s${i}`)].join(', ')}
      FROM generate_series(1::bigint, ${count}) n OFFSET 0) made`;
};

/**
 * Fills new generations of the labour projections with so many cells and switches to them.
 * @returns what sums a measure over the base of JOBS, plainly, and tells the seconds it took
 */
export const fillLabourCells = async (database, store, cells) => {
  let jobs;
  for (const projection of projectionsIn('jalali')) {
    const filled = projection.dataflows.filter(({ code }) => code in shares);
    if (filled.length === 0) continue;
    const generation = await store.begin(projection);
    for (const dataflow of filled) {
      const table = `cells.cell_${dataflow.code.toLowerCase()}_${generation.number}`;
      if (dataflow.code === 'JOBS') jobs = table;
      await database.withClient((client) =>
        client.query(rowsOf(table, dataflow, Math.ceil(cells * shares[dataflow.code]))),
      );
    }
    const checkpoint = await store.checkpoint(generation);
    await store.transact(generation, (tx) =>
      tx.advance(checkpoint, { ...checkpoint, position: 1n, epoch: lastEpoch + 1 }),
    );
    await store.finish(generation);
    await store.switchTo(generation);
  }
  return plainScan(database, jobs);
};

/** @returns what sums a measure over a table of cells and tells the seconds it took */
export const plainScan = (database, table) => async () => {
  const { seconds } = await timed(() =>
    database.withClient((client) => client.query(`SELECT sum(m_jobs) FROM ${table}`)),
  );
  return seconds;
};
