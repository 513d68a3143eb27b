/** Codes of records are some thousands; what is not a code could be anything, and must not fill the memory. */
const mostCodes = 200_000;

/**
 * The same function of a code, worked out once for each code that comes up: figures ask for the section or the
 * state of the same few codes for every record. Failures are not remembered.
 */
export const remembered = <Code extends string | null, T>(make: (code: Code) => T): ((code: Code) => T) => {
  const known = new Map<Code, T>();
  return (code) => {
    const found = known.get(code);
    if (found !== undefined) return found;
    if (known.size >= mostCodes) known.clear();
    const made = make(code);
    known.set(code, made);
    return made;
  };
};
