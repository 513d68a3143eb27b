/** A property that fails has killed its mutant: no smaller example is looked for. The same examples each time. */
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true, seed: 1 });
