/** What can go wrong with an append. `after` names those whose events are committed all the same. */
export type AppendFault =
  | 'not-leader'
  | 'busy'
  | 'not-ready'
  | 'unavailable'
  | 'access-denied'
  /** Neither committed nor answered. */
  | 'lost-request'
  /** Committed, never answered. */
  | 'lost-response'
  /** Committed, answered with a timeout. */
  | 'timeout-after-commit'
  /** Committed, then the connection's stream ends with UNAVAILABLE. */
  | 'unavailable-after-commit'
  /** Answered with an error that no client knows. */
  | 'unknown';

/** What can go wrong with a read or at the beginning of a subscription. */
export type ReadFault = 'not-leader' | 'busy' | 'unavailable' | 'access-denied' | 'lost-request';

/** What can go wrong with subscriptions that are open. */
export type SubscriptionFault =
  | 'error'
  /** The server ends the call as if all had been delivered. */
  | 'clean-end'
  /** Nothing more comes, the call stays open: a half-open connection. */
  | 'silence';

/** Faults that wait for the calls that they will hit, in the order in which they were planted. */
export class FaultQueue<Fault> {
  #planted: Fault[] = [];

  plant(fault: Fault, times: number): void {
    for (let n = 0; n < times; n += 1) this.#planted.push(fault);
  }

  /** The fault of the next call, if one is planted. */
  next(): Fault | undefined {
    return this.#planted.shift();
  }

  clear(): void {
    this.#planted = [];
  }

  get waiting(): number {
    return this.#planted.length;
  }
}
