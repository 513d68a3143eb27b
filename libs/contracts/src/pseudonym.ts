/** What a pseudonym stands for: a person, or an agency's own number in which a national id stood. */
export type PseudonymKind = 'person' | 'reference';

/**
 * The pseudonym of a person (`text` = national id, ten Latin digits) or of an agency's number, the same
 * for the same text. Total, and without any effect but its answer.
 */
export type PseudonymOf = (kind: PseudonymKind, text: string) => string;
