/** Schemes that titles are coded to. */
export const codingSchemes = ['isco08', 'isic4'] as const;
export type CodingScheme = (typeof codingSchemes)[number];

/** One line of an index: a title and its 4-digit code; `name` marks the name of the code itself. */
export type Example = { readonly code: string; readonly title: string; readonly name?: true };

/** How strongly something speaks for each code, in the order of the codes it was trained on. */
export type Scores = Float64Array;
