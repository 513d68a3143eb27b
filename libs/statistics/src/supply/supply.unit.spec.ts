import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import { epochClosed, epochStream, type Json } from '@karnama/kernel';
import { projections } from '../catalogue.js';
import { createSupply, type SupplyService } from './supply.js';

const ledger = memoryLedger();
const store = memoryCellStore();
let supply: SupplyService;
let number = 0;

const send = (type: string, contract: string, data: Json, recordVersion = 1) => {
  number++;
  const topic = `karnama.insurer.${contract}`;
  return ledger.append([
    {
      stream: `feed_insurer_${contract}-0`,
      expected: 'any',
      events: [
        fedEvent(number, type, data, {
          agency: 'insurer',
          contract,
          recordVersion,
          source: { topic, partition: 0, offset: String(number) },
        }),
      ],
    },
  ]);
};

const ended = (person: string, lastDay: string, reportedOn: string): Json => ({
  person,
  spell: person,
  establishment: 'w',
  enterprise: 'e',
  lastDay,
  reason: null,
  reportedOn,
});

const refused = (code: string): Json => ({
  problems: [{ code, field: null, value: null }],
  file: null,
  line: null,
});

beforeAll(async () => {
  await send('EmploymentEnded', 'ends', ended('a', '2025-03-25', '2025-03-28'));
  await send('EmploymentEnded', 'ends', ended('b', '2025-03-25', '2025-06-28'));
  await send('RecordQuarantined', 'ends', refused('bad-day'));
  const event = { ...fedEvent(900, epochClosed, { epoch: 1 }) };
  const { receivedAt, schemaVersion } = event.metadata;
  await ledger.append([
    {
      stream: epochStream,
      expected: 'any',
      events: [{ ...event, metadata: { receivedAt, schemaVersion } }],
    },
  ]);
  await send('EmploymentEnded', 'ends', ended('c', '2025-03-25', '2025-07-28'));
  await send('EmploymentEnded', 'ends', ended('c', '2025-03-26', '2025-07-29'), 2);
  await send('RecordQuarantined', 'ends', refused('bad-day'));
  await send('RecordQuarantined', 'vacancies', refused('missing-field'));
  for (const projection of projections) await catchUp(store, ledger, await store.open(projection), 10);
  const releases = async () => [{ name: 'bahar', epoch: 1, cutAt: '2025-07-01T00:00:00.000Z' }];
  supply = createSupply({ store, releases, calendar: 'jalali' });
});

describe('the supply of data', () => {
  it('tells of each agency and contract what came in, what of it is in quarantine and why, and how late it was', async () => {
    expect(await supply.supply('latest')).toEqual({
      knowledge: { release: 'latest', epoch: 2 },
      horizon: '1404-05',
      senders: [
        {
          agency: 'insurer',
          contract: 'ends',
          received: 6,
          accepted: 4,
          quarantined: 2,
          problems: [{ code: 'bad-day', records: 2 }],
          delivery: {
            onTime: 1,
            late: 2,
            lateShare: '66.67',
            corrections: 1,
            withdrawals: 0,
            last: '1404-05',
          },
        },
        {
          agency: 'insurer',
          contract: 'vacancies',
          received: 1,
          accepted: 0,
          quarantined: 1,
          problems: [{ code: 'missing-field', records: 1 }],
          delivery: null,
        },
      ],
    });
  });

  it('is told as known at a release: what came later is not there', async () => {
    const { knowledge, horizon, senders } = await supply.supply('bahar');
    expect([knowledge, horizon, senders.map(({ received }) => received)]).toEqual([
      { release: 'bahar', epoch: 1 },
      '1404-04',
      [3],
    ]);
    expect(senders[0]?.delivery).toMatchObject({ onTime: 1, late: 1, lateShare: '50.00', corrections: 0 });
  });

  it('knows no release that was never cut', async () => {
    await expect(supply.supply('never')).rejects.toMatchObject({ code: 'unknown-release' });
  });
});
