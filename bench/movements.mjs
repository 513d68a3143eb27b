/** Deterministic movements for the benchmarks: the same on every machine. */

/** Linear congruential numbers (Numerical Recipes constants): enough for test data. */
export const numbers = (seed) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const digits = ['11', '13', '15', '21', '23', '26', '29', '31', '33', '35', '41', '43', '52'];
const divisions = [
  '01',
  '10',
  '25',
  '41',
  '43',
  '45',
  '47',
  '49',
  '55',
  '56',
  '62',
  '69',
  '78',
  '84',
  '85',
  '86',
];

/** Contract fields of movement number `n`. */
export const movementRecord = (n, random) => {
  const month = 1 + random(12);
  const late = random(10) === 0;
  const effective = `2025-${String(month).padStart(2, '0')}`;
  return {
    effective_month: effective,
    declared_month: late ? '2026-01' : effective,
    direction: random(2) === 0 ? 'hire' : 'separation',
    area: `BR:${digits[random(digits.length)]}${String(10 + random(60))}${String(10 + (n % 4))}`,
    industry: `CNAE2:${divisions[random(divisions.length)]}10100`,
    occupation: `CBO2002:${1 + random(9)}13505`,
    education: String(random(9)),
    age: 16 + random(50),
    sex: random(2) === 0 ? 'M' : 'F',
    weekly_hours: '44.00',
    monthly_wage: `${1500 + random(4000)}.${String(random(100)).padStart(2, '0')}`,
    movement_kind: 'first-job',
  };
};

const uuidOf = (n) => `00000000-0000-5000-8000-${n.toString(16).padStart(12, '0')}`;

/** The event of movement number `n`, as intake writes it. */
export const movementEvent = (n, random, recordVersion = 1) => {
  const record = movementRecord(n, random);
  return {
    id: uuidOf(n * 4 + recordVersion),
    type: 'MovementDeclared',
    data: {
      effectiveMonth: record.effective_month,
      declaredMonth: record.declared_month,
      direction: record.direction,
      area: record.area,
      industry: record.industry,
      occupation: record.occupation,
      education: record.education,
      age: record.age,
      sex: record.sex,
      weeklyHours: 4400,
      monthlyWage: Math.round(Number(record.monthly_wage) * 100),
      movementKind: record.movement_kind,
    },
    metadata: {
      schemaVersion: 1,
      receivedAt: '2026-02-01T00:00:00.000Z',
      agency: 'br-mte',
      contract: 'movements',
      contractVersion: 1,
      recordId: `0123456789abcdef0123456789abcdef:${n}`,
      recordVersion,
      source: { topic: 'karnama.br-mte.movements', partition: 0, offset: String(n) },
      submission: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    },
  };
};

/** Appends movements `from`…`to − 1` to the feed stream, in batches. */
export const appendMovements = async (ledger, from, to, batch = 2000, version = 1, random = numbers(7)) => {
  const stream = 'feed_br-mte_movements-0';
  let expected = (await ledger.lastEvent(stream))?.revision ?? 'no-stream';
  for (let at = from; at < to; at += batch) {
    const events = [];
    for (let n = at; n < Math.min(to, at + batch); n++) events.push(movementEvent(n, random, version));
    const [appended] = await ledger.append([{ stream, expected, events }]);
    expected = appended.revision;
  }
};
