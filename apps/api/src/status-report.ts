/** How far the records have come: received = accepted + quarantined + unexplained, and `unexplained` should be 0. */
export type StatusReport = {
  readonly intake: {
    readonly received: number;
    readonly accepted: number;
    readonly quarantined: number;
    readonly unexplained: number;
  };
  /** Position of the last event; text, because positions may pass 2^53. */
  readonly ledger: { readonly head: string };
  /** `lag`: events of the ledger that the projection has not yet seen. */
  readonly projections: readonly { readonly name: string; readonly position: string; readonly lag: number }[];
  readonly epoch: number;
  readonly releases: number;
};
