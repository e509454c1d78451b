import fc from 'fast-check';

/** Ten thousand cases of each property, unless it says itself how many. */
fc.configureGlobal({ numRuns: 10_000 });
