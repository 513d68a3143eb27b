import type { CellQuery, CellStore } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { keptDataflow } from '../catalogue.js';
import { bandOf } from './bands.js';
import type { Delivery } from './request.js';

/** A first version that came more days after its day than this was late. */
const onTimeDays = 31;

type Counts = { onTime: number; late: number; corrections: number; withdrawals: number };

/** Numbers of records by agency, contract and kind that came in epochs after `after` up to `through`. */
export const deliveriesBetween = async (
  store: CellStore,
  calendar: Calendar,
  after: number,
  through: number,
): Promise<readonly Delivery[]> => {
  const { projection, dataflow } = keptDataflow('DELIVERY', calendar);
  const query: CellQuery = {
    dataflow: dataflow.code,
    time: 'effective',
    by: ['agency', 'contract', 'kind', 'lag', 'epoch'],
    where: {},
    maxEpoch: through,
  };
  const found = new Map<string, { readonly agency: string; readonly contract: string } & Counts>();
  for await (const { group, measures } of store.query(await store.open(projection), query)) {
    const [agency = '', contract = '', kind = '', lag = '', epoch = 0] = group;
    if (Number(epoch) <= after) continue;
    const key = `${agency}/${contract}`;
    const counts = found.get(key) ?? {
      agency: String(agency),
      contract: String(contract),
      onTime: 0,
      late: 0,
      corrections: 0,
      withdrawals: 0,
    };
    counts[columnOf(String(kind), String(lag))] += Number(measures[0] ?? 0n);
    found.set(key, counts);
  }
  return [...found.values()].filter(
    ({ onTime, late, corrections, withdrawals }) => onTime + late + corrections + withdrawals > 0,
  );
};

const columnOf = (kind: string, lag: string): keyof Counts => {
  if (kind === 'CORRECTION') return 'corrections';
  if (kind === 'WITHDRAWAL') return 'withdrawals';
  return (bandOf(lag)?.from ?? 0) > onTimeDays ? 'late' : 'onTime';
};
