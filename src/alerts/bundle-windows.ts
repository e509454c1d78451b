import { windowAround } from '../domain/digest-window.js';
import { quietUntil } from '../domain/quiet-hours.js';
import type { Transaction } from '../platform/database.js';
import {
  type AccountRange,
  type BundleToPlan,
  findToPlan,
  setWindows,
  type Window,
} from './bundle-plan.store.js';

/** Ids that lie closer together than this share a parcel: whoever reads it passes over those between. */
const nearIds = 32n;

/**
 * Finds out when the open bundles of some accounts end, in the transaction that opened them or that needs to know. Repeated, it
 * finds nothing left to do.
 */
export async function planBundles(tx: Transaction, range: AccountRange, now: Date): Promise<void> {
  const bundles = await findToPlan(tx, range);
  if (bundles.length > 0) await setWindows(tx, windowsOf(bundles, now), now);
}

/** @returns the windows of the bundles, by their ids */
export function windowsOf(bundles: readonly BundleToPlan[], now: Date): Window[] {
  const around = new Map<string, { from: Date; until: Date }>();
  const windows = bundles.map(({ id, lane, ...bundle }) => ({ id, lane, ...windowOf(bundle, now, around) }));
  return parcelled(windows.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)));
}

type Bundle = Omit<BundleToPlan, 'id' | 'lane'>;

/**
 * A digest of a window that moved begins where it began, and none before the last one ended. Hourly ones that would end in quiet hours
 * are one that ends with those: nobody wants nine mails in the morning.
 */
function windowOf(
  { cadence, beganAt, timeZone, quietHours, endedAt }: Bundle,
  now: Date,
  around: Map<string, { from: Date; until: Date }>,
): { beganAt: Date; untilAt: Date } {
  if (cadence === null) {
    const until = quietHours && quietUntil(quietHours, timeZone, now);
    return { beganAt, untilAt: until ?? now };
  }
  const key = `${timeZone} ${JSON.stringify(cadence)}`;
  const { from, until } = around.get(key) ?? windowAround(cadence, timeZone, now);
  around.set(key, { from, until });
  const first = from < beganAt ? from : beganAt;
  const quiet = cadence.mode === 'hourly' && quietHours ? quietUntil(quietHours, timeZone, until) : null;
  return { beganAt: endedAt !== null && endedAt > first ? endedAt : first, untilAt: quiet ?? until };
}

/** Numbers the parcels: of one lane and end, and of ids that lie close together. @param windows by id */
function parcelled(windows: readonly Omit<Window, 'parcel'>[]): Window[] {
  const last = new Map<string, { id: bigint; parcel: number }>();
  let parcels = 0;
  return windows.map((window) => {
    const key = `${window.lane} ${window.untilAt.getTime()}`;
    const id = BigInt(window.id);
    const near = last.get(key);
    const parcel = near && id - near.id <= nearIds ? near.parcel : parcels++;
    last.set(key, { id, parcel });
    return { ...window, parcel };
  });
}
