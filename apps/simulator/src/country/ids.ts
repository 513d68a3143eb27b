/** Numbers below 10^digits, each once: multiplication by a number prime to the modulus. */
const scattered = (n: number, multiplier: number, modulus: number): number =>
  Number((BigInt(n) * BigInt(multiplier)) % BigInt(modulus));

const digitsOf = (n: number, length: number): string => String(n).padStart(length, '0');

/** National id of a natural person from nine digits: the tenth checks the others (weights 10 … 2, modulus 11). */
export const nationalIdOf = (nine: string): string => {
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += Number(nine[i]) * (10 - i);
  const rest = sum % 11;
  return `${nine}${rest < 2 ? rest : 11 - rest}`;
};

/** Id of a legal entity from ten digits: the eleventh checks the others, each moved by the tenth plus two. */
export const legalEntityIdOf = (ten: string): string => {
  const weights = [29, 27, 23, 19, 17];
  const moved = Number(ten[9]) + 2;
  let sum = 0;
  for (let i = 0; i < 10; i += 1) sum += (Number(ten[i]) + moved) * (weights[i % 5] ?? 0);
  return `${ten}${(sum % 11) % 10}`;
};

const allEqual = (text: string): boolean => text === text.charAt(0).repeat(text.length);

/** A chunk of the country has so many numbers of each kind; no two chunks share one. */
export const numbersPerChunk = 25_000;

/** National ids, legal-entity ids and workshop codes of one chunk, each given out once. */
export type Ids = {
  readonly person: () => string;
  readonly enterprise: () => string;
  readonly workshop: (digits: string) => string;
  /** A number of the chunk's own for records, of fixed width. */
  readonly record: (letter: string) => string;
};

export const idsOf = (chunk: number): Ids => {
  let [person, enterprise, workshop, record] = [0, 0, 0, 0];
  const next = (count: number): number => {
    if (count >= numbersPerChunk) throw new RangeError(`chunk ${chunk} has used up its numbers`);
    return chunk * numbersPerChunk + count + 1;
  };
  return {
    person: () => {
      for (;;) {
        const nine = digitsOf(scattered(next(person++), 387_420_489, 999_999_937), 9);
        const id = nationalIdOf(nine);
        if (!allEqual(id) && nine.slice(3, 9) !== '000000') return id;
      }
    },
    enterprise: () => {
      for (;;) {
        const ten = digitsOf(1_000_000_000 + scattered(next(enterprise++), 387_420_489, 999_999_937) * 4, 10);
        const id = legalEntityIdOf(ten);
        if (!allEqual(id) && id.slice(3, 9) !== '000000') return id;
      }
    },
    // three digits of the branch (province and office), three of the activity, four of the file
    workshop: (digits) => digits + digitsOf(scattered(next(workshop++), 38_742_049, 99_999_989), 8),
    record: (letter) => `${letter}${digitsOf(chunk, 5)}${digitsOf((record += 1), 7)}`,
  };
};
