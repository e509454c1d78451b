/** What the module below does: `Date` without an argument is `shift` milliseconds off, in everything the process does. */
const module = (shift: number) => `
  const Exact = Date;
  globalThis.Date = class Date extends Exact {
    constructor(...given) {
      super(...(given.length === 0 ? [Exact.now() + ${shift}] : given));
    }
    static now() {
      return Exact.now() + ${shift};
    }
  };`;

/** Settings of a process whose system clock is off by so many seconds. Its timers run as before, as real ones do. */
export function shiftedClock(seconds: number): Record<string, string> {
  const code = encodeURIComponent(module(seconds * 1_000));
  return { NODE_OPTIONS: `--import=data:text/javascript,${code}` };
}
