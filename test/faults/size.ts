import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by the run of the whole forms; without it, each scenario runs in its short form. */
    faults?: 'whole';
  }
}

/** Whether this run is `npm run test:faults`. */
export const isWhole = inject('faults') === 'whole';

/** What a scenario is to be in this run. */
export function sized<Value>(forms: { short: Value; whole: Value }): Value {
  return isWhole ? forms.whole : forms.short;
}
