import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { AssignerProtocol } = kafkajs;

/** Partitions by topic. */
export type Share = Readonly<Record<string, readonly number[]>>;

/** A member of the group: what it reads, and what it held until now. */
export type Member = { readonly id: string; readonly topics: readonly string[]; readonly held: Share };

type Place = { readonly topic: string; readonly partition: number; owner: string | undefined };

const placesOf = (members: readonly Member[], counts: ReadonlyMap<string, number>): readonly Place[] => {
  const places: Place[] = [];
  for (const topic of [...new Set(members.flatMap(({ topics }) => topics))].sort())
    for (let partition = 0; partition < (counts.get(topic) ?? 0); partition += 1)
      places.push({ topic, partition, owner: undefined });
  return places;
};

/**
 * Shares partitions out among those who read their topic: each to exactly one, as evenly as the
 * subscriptions allow, and each left with its holder where that does not make the shares uneven. The
 * driver's own assigner gives partitions to members that have not subscribed to them, where nobody reads them.
 */
export const shareOut = (
  members: readonly Member[],
  counts: ReadonlyMap<string, number>,
): ReadonlyMap<string, Share> => {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  const load = new Map(sorted.map(({ id }) => [id, 0]));
  const loadOf = (id: string): number => load.get(id) ?? 0;
  const readersOf = (topic: string) => sorted.filter(({ topics }) => topics.includes(topic));
  const idlest = (topic: string): Member | undefined =>
    readersOf(topic).reduce<Member | undefined>(
      (best, member) => (best === undefined || loadOf(member.id) < loadOf(best.id) ? member : best),
      undefined,
    );
  const give = (place: Place, id: string): void => {
    if (place.owner !== undefined) load.set(place.owner, loadOf(place.owner) - 1);
    place.owner = id;
    load.set(id, loadOf(id) + 1);
  };
  const places = placesOf(sorted, counts);
  for (const place of places) {
    const holder = readersOf(place.topic).find(({ held }) => held[place.topic]?.includes(place.partition));
    if (holder !== undefined) give(place, holder.id);
  }
  for (const place of places) {
    const reader = place.owner === undefined ? idlest(place.topic) : undefined;
    if (reader !== undefined) give(place, reader.id);
  }
  for (let moved = true; moved;) {
    moved = false;
    for (const place of places) {
      const reader = idlest(place.topic);
      if (place.owner === undefined || reader === undefined) continue;
      if (loadOf(reader.id) + 1 >= loadOf(place.owner)) continue;
      give(place, reader.id);
      moved = true;
    }
  }
  return new Map(
    sorted.map(({ id }) => {
      const own = places.filter(({ owner }) => owner === id);
      const share: Record<string, number[]> = {};
      for (const { topic, partition } of own) (share[topic] ??= []).push(partition);
      return [id, share];
    }),
  );
};

const heldIn = (userData: Buffer): Share => {
  try {
    return JSON.parse(userData.toString()) as Share;
  } catch {
    return {};
  }
};

const VERSION = 1;
const NAME = 'KarnamaSticky';

/** `shareOut` as the group's leader needs it; `held` tells what this member reads at the moment. */
export const stickyAssigner =
  (held: () => Share): PartitionAssigner =>
  ({ cluster }) => ({
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: VERSION,
        topics,
        userData: Buffer.from(JSON.stringify(held())),
      }),
    }),
    assign: async ({ members }) => {
      const known = members.map(({ memberId, memberMetadata }): Member => {
        const decoded = AssignerProtocol.MemberMetadata.decode(memberMetadata);
        return {
          id: memberId,
          topics: decoded?.topics ?? [],
          held: heldIn(decoded?.userData ?? Buffer.alloc(0)),
        };
      });
      const topics = [...new Set(known.flatMap((member) => member.topics))];
      await cluster.addMultipleTargetTopics(topics);
      const counts = new Map(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length]),
      );
      return [...shareOut(known, counts)].map(([memberId, share]) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version: VERSION,
          assignment: Object.fromEntries(
            Object.entries(share).map(([topic, partitions]) => [topic, [...partitions]]),
          ),
          userData: Buffer.alloc(0),
        }),
      }));
    },
  });
