import type { ListedNote, QuarantinedRecord, QuarantineStore } from '@karnama/intake';

/** Quarantine in memory, for as long as the process lives. */
export const memoryQuarantine = (): QuarantineStore => {
  const records = new Map<string, QuarantinedRecord & { readonly number: bigint }>();
  return {
    put: async (batch) => {
      for (const record of batch)
        if (!records.has(record.eventId))
          records.set(record.eventId, { ...structuredClone(record), number: BigInt(records.size + 1) });
    },
    list: async ({ after, limit, agency, contract, submission }) =>
      [...records.values()]
        .filter(
          (record) =>
            record.number > after &&
            (agency === undefined || record.agency === agency) &&
            (contract === undefined || record.contract === contract) &&
            (submission === undefined || record.submission === submission),
        )
        .slice(0, limit)
        .map(({ original: _original, ...note }): ListedNote => structuredClone(note)),
    get: async (eventId) => {
      const found = records.get(eventId);
      if (found === undefined) return undefined;
      const { number: _number, ...record } = found;
      return structuredClone(record);
    },
  };
};
