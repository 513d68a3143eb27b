/**
 * Knowledge epochs. An epoch is closed by an event in this stream; whatever stands before that event
 * in the global order was known in the epoch. Counted from 1. Rebuilding gives the same epochs.
 */
export const epochStream = 'epochs-national';

export const epochClosed = 'EpochClosed';
export const releaseCut = 'ReleaseCut';

export type EpochClosed = { readonly epoch: number };
export type ReleaseCut = { readonly name: string; readonly epoch: number };
