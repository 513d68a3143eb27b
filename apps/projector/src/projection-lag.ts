import { filterOf, type CellStore, type Checkpoint, type Projection } from '@karnama/cells';
import type { Ledger } from '@karnama/ledger';
import type { GaugeReadings, GaugeSpec } from '@karnama/nest';

const labels = ['projection'];

export const lagGauges: readonly GaugeSpec[] = [
  { name: 'karnama_ledger_head', help: 'Position of the newest event of the ledger', labels: [] },
  { name: 'karnama_projection_position', help: 'Position up to which everything is counted', labels },
  {
    name: 'karnama_projection_part_position',
    help: 'Of a projection in several parts: position up to which each of them is counted',
    labels: [...labels, 'part'],
  },
  {
    name: 'karnama_projection_lag_events',
    help: 'Positions of the ledger behind the checkpoint; with PostgreSQL these are events',
    labels,
  },
  {
    name: 'karnama_projection_lag_seconds',
    help: 'Age of the oldest event that is not counted yet, since the channel took it in; 0 = all counted',
    labels,
  },
  {
    name: 'karnama_projection_checkpoint_age_seconds',
    help: 'Time since the checkpoint last moved or was seen at the head of the ledger',
    labels,
  },
];

type Watched = { position: bigint; movedAt: number };

const oldestUncounted = async (
  ledger: Ledger,
  projection: Projection,
  after: bigint,
): Promise<number | undefined> => {
  const { events } = await ledger.readAll(after, filterOf(projection), 1);
  const receivedAt = events[0]?.metadata.receivedAt;
  return receivedAt === undefined ? undefined : Date.parse(receivedAt);
};

/** How far each projection is behind, whoever keeps it up. */
export const lagOf = (
  cells: CellStore,
  ledger: Ledger,
  projections: readonly Projection[],
  clock: () => number = Date.now,
): (() => Promise<GaugeReadings>) => {
  const watched = new Map<string, Watched>();
  const ageOf = (name: string, position: bigint, head: bigint): number => {
    const before = watched.get(name);
    if (before === undefined || before.position !== position || position >= head)
      watched.set(name, { position, movedAt: clock() });
    return (clock() - (watched.get(name)?.movedAt ?? clock())) / 1000;
  };
  return async () => {
    const readings = Object.fromEntries(
      lagGauges.map(({ name }) => [name, [] as { labels: Record<string, string>; value: number }[]]),
    );
    const tell = (name: string, value: number, projection?: string): void =>
      void readings[name]?.push({ labels: projection === undefined ? {} : { projection }, value });
    const tellParts = (projection: string, { parts }: Checkpoint): void =>
      parts?.forEach((position, part) =>
        readings['karnama_projection_part_position']?.push({
          labels: { projection, part: String(part) },
          value: Number(position),
        }),
      );
    const head = await ledger.head();
    tell('karnama_ledger_head', Number(head));
    for (const projection of projections) {
      const { name } = projection;
      const checkpoint = await cells.checkpoint(await cells.open(projection));
      const { position } = checkpoint;
      const behind = head > position ? head - position : 0n;
      const since = behind === 0n ? undefined : await oldestUncounted(ledger, projection, position);
      tell('karnama_projection_position', Number(position), name);
      tellParts(name, checkpoint);
      tell('karnama_projection_lag_events', Number(behind), name);
      tell(
        'karnama_projection_lag_seconds',
        since === undefined ? 0 : Math.max(0, clock() - since) / 1000,
        name,
      );
      tell('karnama_projection_checkpoint_age_seconds', ageOf(name, position, head), name);
    }
    return readings;
  };
};
