/**
 * The records that are published while something is broken. They are known by their number alone, so that
 * the published figures can be worked out without any part of the program.
 */

/** Every twentieth record is refused; every tenth replaces the one five numbers before it. */
const isRefused = (n) => n % 20 === 7;
const isReplacement = (n) => n % 10 === 9;

/** Number of the record that record `n` declares: its own, or that of the one it replaces. */
const declaredBy = (n) => (isReplacement(n) ? n - 5 : n);

const opposite = { hire: 'separation', separation: 'hire' };
const directionOf = (n) => {
  const first = declaredBy(n) % 3 === 0 ? 'separation' : 'hire';
  return isReplacement(n) ? opposite[first] : first;
};

/** What the headers and so the event say of record `n`. */
export const identityOf = (n) => ({
  recordId: `faults:${declaredBy(n)}`,
  recordVersion: isReplacement(n) ? 2 : 1,
});

/** Record `n` as a message for the driver. A replacement goes where the replaced one went. */
export const messageOf = (n, partitions) => {
  const { recordId, recordVersion } = identityOf(n);
  const value = {
    effective_month: declaredBy(n) % 2 === 0 ? '2025-12' : '2026-01',
    declared_month: '2026-01',
    direction: directionOf(n),
    area: isRefused(n) ? 'nowhere' : ['BR-MA', 'BR-SP', 'IR-23'][declaredBy(n) % 3],
    industry: 'ISIC4:C',
    occupation: 'ISCO08:5223',
    age: 20 + (declaredBy(n) % 40),
    sex: n % 2 === 0 ? 'F' : 'M',
    monthly_wage: `${1500 + (n % 997)}.05`,
  };
  return {
    partition: declaredBy(n) % partitions,
    key: recordId,
    value: JSON.stringify(value),
    headers: {
      contract: 'movements',
      'contract-version': '1',
      'record-id': recordId,
      'record-version': String(recordVersion),
    },
  };
};

/** The published figures that the records 0 … count − 1 come to, however often each of them was published. */
export const figuresOf = (count) => {
  const directions = new Map();
  for (let n = 0; n < count; n++) if (!isRefused(n)) directions.set(declaredBy(n), directionOf(n));
  const hires = [...directions.values()].filter((direction) => direction === 'hire').length;
  return { hires, separations: directions.size - hires };
};
