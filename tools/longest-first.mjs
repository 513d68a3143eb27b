/** The order in which jest takes up specs: those that take longest first, so that none of them is left alone at the end. */
import Sequencer from '@jest/test-sequencer';

/**
 * Specs that take more than about half a minute, longest first. A fresh clone remembers no times, and jest goes by
 * the size of files then, which says nothing of whole programs and browsers.
 */
const LONGEST = [
  'apps/karnama/test/truth.e2e',
  'apps/dashboard/test/pages.e2e',
  'apps/dashboard/test/overview.e2e',
  'apps/karnama/test/published.e2e',
  'apps/karnama/test/start.e2e',
  'apps/dashboard/test/views.e2e',
  'apps/intake/test/processes.int',
  'apps/dashboard/test/compare.e2e',
  'apps/dashboard/test/explore.e2e',
  'apps/karnama/test/kills.e2e',
  'apps/dashboard/test/page.e2e',
  'apps/karnama/test/published-kafka.e2e',
  'apps/intake/test/split-projectors.int',
  'libs/coding/src/coding.int',
  'apps/dashboard/test/keyboard.e2e',
  'libs/adapter-eventstoredb/src/append-faults.int',
  'libs/adapter-kafka/src/consume.int',
];

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => path.endsWith(`${name}.spec.ts`));
  return place === -1 ? LONGEST.length : place;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => placeOf(a) - placeOf(b));
  }
}
