import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BundleToPlan } from '../../src/alerts/bundle-plan.store.js';
import { windowsOf } from '../../src/alerts/bundle-windows.js';
import { weekdays } from '../../src/domain/cadence.js';
import { windowAround, windowEnd, type DigestCadence } from '../../src/domain/digest-window.js';
import type { DeliveryId } from '../../src/domain/ids.js';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
const zone = fc.constantFrom(...zones);
const at = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((time) => time.map((part) => String(part).padStart(2, '0')).join(':'));
const cadence: fc.Arbitrary<DigestCadence> = fc.oneof(
  fc.constant({ mode: 'hourly' as const }),
  at.map((time) => ({ mode: 'daily' as const, at: time })),
  fc.tuple(fc.constantFrom(...weekdays), at).map(([on, time]) => ({ mode: 'weekly' as const, on, at: time })),
);
// Around the changes of the clock of a year, and the day that Samoa left out.
const starts = [
  '2011-12-28',
  '2027-03-12',
  '2027-03-26',
  '2027-04-02',
  '2027-10-01',
  '2027-10-29',
  '2028-02-27',
];
const start = fc.constantFrom(...starts.map((day) => Date.parse(`${day}T00:00:00Z`)));
const runs = Number(process.env['PROPERTY_RUNS'] ?? 300);

/** Minutes until the next thing happens, and what: an alert, or the reader moves. */
const steps = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 2_000 }),
    move: fc.option(zone, { freq: 8, nil: undefined }),
  }),
  { minLength: 1, maxLength: 40 },
);

it('tells each alert exactly once, in the window that it belongs to, in whatever zone', () => {
  fc.assert(
    fc.property(cadence, zone, start, steps, (of, firstZone, from, happenings) => {
      let timeZone = firstZone;
      let now = from;
      let ids = 0;
      let open: (BundleToPlan & { untilAt: Date; alerts: number[] }) | null = null;
      const told: { from: number; until: number; alerts: number[] }[] = [];
      const alerts: number[] = [];
      const plan = (bundle: BundleToPlan) => {
        const [window] = windowsOf([bundle], new Date(now));
        expect(window).toBeDefined();
        return { beganAt: window?.beganAt ?? new Date(0), untilAt: window?.untilAt ?? new Date(0) };
      };
      const close = () => {
        if (open === null || open.untilAt.getTime() > now) return;
        told.push({ from: open.beganAt.getTime(), until: open.untilAt.getTime(), alerts: open.alerts });
        open = null;
      };
      for (const { after, move } of happenings) {
        now += after * 60_000;
        close();
        if (move !== undefined) {
          timeZone = move;
          if (open !== null) Object.assign(open, plan({ ...(open as BundleToPlan), timeZone }));
          continue;
        }
        alerts.push(now);
        if (open === null) {
          const endedAt = told.length === 0 ? null : new Date(told.at(-1)?.until ?? 0);
          const bundle: BundleToPlan = {
            id: String(++ids) as DeliveryId,
            kind: 'digest',
            cadence: of,
            beganAt: new Date(now),
            timeZone,
            quietHours: null,
            lane: 'email',
            endedAt,
          };
          open = { ...bundle, ...plan(bundle), alerts: [] };
        }
        (open as { alerts: number[] }).alerts.push(now);
      }
      now += 40 * 86_400_000;
      close();
      expect(told.flatMap((window) => window.alerts)).toEqual(alerts);
      for (const [index, window] of told.entries()) {
        for (const alert of window.alerts) expect(alert >= window.from && alert < window.until).toBe(true);
        expect(window.from).toBeLessThan(window.until);
        const before = told[index - 1];
        if (before) expect(window.from).toBeGreaterThanOrEqual(before.until);
      }
    }),
    { numRuns: runs },
  );
});

it('finds the window around an instant: its begin ends the one before it', () => {
  fc.assert(
    fc.property(
      cadence,
      zone,
      start,
      fc.integer({ min: 0, max: 60 * 24 * 30 }),
      (of, timeZone, from, minutes) => {
        const instant = new Date(from + minutes * 60_000);
        const window = windowAround(of, timeZone, instant);
        expect(window.from <= instant && instant < window.until).toBe(true);
        expect(windowEnd(of, timeZone, new Date(window.from.getTime() - 1))).toEqual(window.from);
        expect(windowEnd(of, timeZone, window.from)).toEqual(window.until);
        expect(windowEnd(of, timeZone, instant)).toEqual(window.until);
      },
    ),
    { numRuns: runs },
  );
});
