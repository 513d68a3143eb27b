import { firstDayOf, lastDayOf, monthOfDay, type Day, type Month } from '@karnama/kernel';
import { randomOf, type Random } from '../random.js';
import { outagesOf, profiles, type Agency } from './agencies.js';
import { dayOfFact } from './fact-days.js';
import type { Fact } from './facts.js';
import type { Ids } from './ids.js';
import { misstated, phantomOf } from './misstate.js';
import type { Country } from './options.js';
import type { SimulatedRecord, Version, Withdrawal } from './records.js';
import type { Told } from './world.js';

/** Letters of record ids: those of a phantom sort before, among or after the true ones. */
const letters = 'abcdghjkmnqrtwxyz';

type Fates = {
  readonly country: Country;
  readonly random: Random;
  readonly redelivery: Random | null;
  readonly outages: (agency: Agency) => ReadonlySet<Month>;
};

/** The first month from `month` on in which the agency delivers. */
const open = ({ outages }: Fates, agency: Agency, month: Month): Month => {
  let at = month;
  while (outages(agency).has(at)) at += 1;
  return at;
};

const dueMonth = (fates: Fates, agency: Agency, fact: Fact): Month => {
  const { random, country } = fates;
  const { onTime, lags } = profiles[agency];
  const happened = monthOfDay(dayOfFact(fact), 'jalali');
  const old = happened < country.first;
  const lag = random.chance(old ? 0.97 : onTime) ? 0 : random.weighted(lags);
  return open(fates, agency, Math.max(happened, country.first) + lag);
};

const reportedIn = (random: Random, month: Month, fact: Fact): Day =>
  random.between(Math.max(firstDayOf(month), Math.min(dayOfFact(fact), lastDayOf(month))), lastDayOf(month));

/** The months in which something due in `month` really comes in, once or more often. */
const deliveries = (fates: Fates, agency: Agency, month: Month): readonly Month[] => {
  const { random, redelivery, country } = fates;
  const months = [month];
  if (random.chance(profiles[agency].repeated)) {
    months.push(open(fates, agency, month + random.between(0, 2)));
    if (random.chance(0.3)) months.push(open(fates, agency, month + random.between(0, 3)));
  }
  const known = months.filter((m) => m <= country.last);
  if (redelivery === null || known.length === 0) return known;
  return Array.from({ length: redelivery.between(1, 5) }, () =>
    Math.min(country.last, month + (redelivery.chance(0.5) ? 0 : redelivery.between(1, 12))),
  );
};

const versionOf = (fates: Fates, agency: Agency, month: Month, version: number, fact: Fact): Version => ({
  version,
  fact,
  reported: reportedIn(fates.random, month, fact),
  delivered: deliveries(fates, agency, month),
});

/** First stated wrongly, then corrected; now and then twice, now and then the correction comes first. */
const correctedVersions = (fates: Fates, agency: Agency, month: Month, fact: Fact): readonly Version[] => {
  const { random } = fates;
  const later = (): Month => open(fates, agency, month + random.between(1, 8));
  const wrong = misstated(random, fact);
  const versions = [versionOf(fates, agency, random.chance(0.06) ? later() : month, 1, wrong)];
  if (random.chance(0.15)) versions.push(versionOf(fates, agency, later(), 2, misstated(random, fact)));
  versions.push(versionOf(fates, agency, later(), versions.length + 1, fact));
  return versions;
};

const recordId = (random: Random, ids: Ids): string =>
  ids.record(letters.charAt(random.between(0, letters.length - 1)));

const recordOf = (fates: Fates, ids: Ids, { agency, fact }: Told): SimulatedRecord => {
  const { random } = fates;
  const { broken, corrected } = profiles[agency];
  const month = dueMonth(fates, agency, fact);
  const id = recordId(random, ids);
  const record = { agency, id, withdrawal: null, broken: null };
  if (random.chance(corrected)) return { ...record, versions: correctedVersions(fates, agency, month, fact) };
  if (!random.chance(broken)) return { ...record, versions: [versionOf(fates, agency, month, 1, fact)] };
  const again = open(fates, agency, month + random.between(1, 3));
  return {
    ...record,
    broken: { month, fact, reported: reportedIn(random, month, fact) },
    versions: random.chance(0.85) ? [versionOf(fates, agency, again, 1, fact)] : [],
  };
};

/** A record that never should have been: it comes in and is withdrawn, in the same month or later. */
const phantom = (fates: Fates, ids: Ids, { agency, fact }: Told): SimulatedRecord | null => {
  const { random } = fates;
  const never = phantomOf(random, ids, fact);
  if (never === null) return null;
  const month = dueMonth(fates, agency, never);
  const voidIn = open(fates, agency, month + random.between(0, 6));
  const versions = [versionOf(fates, agency, month, 1, never)];
  // a later version changes nothing of it
  if (random.chance(0.15))
    versions.push(
      versionOf(
        fates,
        agency,
        open(fates, agency, month + random.between(1, 9)),
        2,
        misstated(random, never),
      ),
    );
  const withdrawal: Withdrawal = {
    id: recordId(random, ids),
    reported: random.between(firstDayOf(voidIn), lastDayOf(voidIn)),
    delivered: deliveries(fates, agency, voidIn),
  };
  return { agency, id: recordId(random, ids), versions, withdrawal, broken: null };
};

/** Apart from the stream of the world itself, so that what happens does not depend on who tells it. */
const [fateStream, redeliveryStream] = [2, 3];

/** What the agencies make of what they were told: records with versions, repeats, errors and withdrawals. */
export function* recordsOf(
  country: Country,
  chunk: number,
  told: readonly Told[],
  ids: Ids,
): Generator<SimulatedRecord> {
  const outages = new Map<Agency, ReadonlySet<Month>>();
  const fates: Fates = {
    country,
    random: randomOf(country.seed, chunk, fateStream),
    redelivery: country.redelivery === null ? null : randomOf(country.redelivery, chunk, redeliveryStream),
    outages: (agency) => {
      const known = outages.get(agency) ?? outagesOf(country, agency);
      outages.set(agency, known);
      return known;
    },
  };
  for (const one of told) {
    yield recordOf(fates, ids, one);
    const void_ = fates.random.chance(profiles[one.agency].phantoms) ? phantom(fates, ids, one) : null;
    if (void_ !== null) yield void_;
  }
}
