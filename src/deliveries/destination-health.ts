import type { DestinationId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';
import {
  countFailed,
  deliveredSince,
  disable,
  enqueueNotices,
  findLongFailing,
  recovered,
} from './destination-health.store.js';
import type { Ending } from './ending.store.js';

/** Deliveries in a row that fail before the owner is told. */
const failedToTell = 3;
/** How long nothing may succeed before a destination is disabled. */
const longestFailingMs = 5 * 86_400_000;
/** Owners are told by mail, whatever fails. */
export const noticeLane = 'email';

/**
 * How destinations do. Their owner is told once when deliveries begin to fail, and once when the destination is disabled:
 * because it asked for that, or because every attempt has failed for five days. Never for each delivery.
 *
 * Runs in the transaction that records the endings: neither a count nor a notice is lost or made twice. Costs nothing
 * while all goes well.
 */
export async function noteHealth(tx: Transaction, endings: readonly Ending[], now: Date): Promise<void> {
  const well = endings.filter(({ state, failingSince }) => state === 'delivered' && failingSince !== null);
  if (well.length > 0) await recovered(tx, [...new Set(well.map(({ destinationId }) => destinationId))]);

  const failed = endings.filter(({ fault }) => fault === 'destination');
  if (failed.length === 0) return;
  const reasons = reasonsOf(failed);
  const starting = failed.filter(({ triesBefore }) => triesBefore === 0);
  const counted = starting.length === 0 ? [] : await countFailed(tx, countOf(starting), now);
  const disabling = await toDisable(tx, failed, now);
  const disabled = disabling.size === 0 ? [] : await disable(tx, disabling);
  const told = await notRecovered(
    tx,
    counted.filter(
      ({ id, failedBefore, failedInRow }) =>
        failedBefore < failedToTell && failedInRow >= failedToTell && !disabled.includes(id),
    ),
  );
  const notices = [
    ...disabled.map((id) => ({ id, about: 'disabled' as const, reason: disabling.get(id) ?? '' })),
    ...told.map(({ id }) => ({ id, about: 'failing' as const, reason: reasons.get(id) ?? '' })),
  ];
  if (notices.length > 0) await enqueueNotices(tx, notices, noticeLane, now);
}

/** Leaves out, and has begin anew, those that took a delivery which was under way together with those that failed. */
async function notRecovered<Told extends { id: DestinationId }>(
  tx: Transaction,
  told: readonly Told[],
): Promise<Told[]> {
  if (told.length === 0) return [];
  const ids = await deliveredSince(
    tx,
    told.map(({ id }) => id),
  );
  if (ids.length > 0) await recovered(tx, ids);
  return told.filter(({ id }) => !ids.includes(id));
}

/**
 * Disables destinations for a reason that no delivery of theirs told, and tells their owners. Those that are not at work
 * are left as they are.
 */
export async function disableAndTell(
  tx: Transaction,
  reasons: ReadonlyMap<DestinationId, string>,
  now: Date,
): Promise<void> {
  const disabled = await disable(tx, reasons);
  const notices = disabled.map((id) => ({ id, about: 'disabled' as const, reason: reasons.get(id) ?? '' }));
  if (notices.length > 0) await enqueueNotices(tx, notices, noticeLane, now);
}

async function toDisable(
  tx: Transaction,
  failed: readonly Ending[],
  now: Date,
): Promise<Map<DestinationId, string>> {
  const asked = failed.filter(({ disable: isAsked }) => isAsked);
  const lastReasons = reasonsOf(failed);
  const long = failed.filter(
    ({ failingSince }) => failingSince !== null && now.getTime() - failingSince.getTime() >= longestFailingMs,
  );
  const before = new Date(now.getTime() - longestFailingMs);
  const ids =
    long.length === 0
      ? []
      : await findLongFailing(
          tx,
          long.map(({ destinationId }) => destinationId),
          before,
          failedToTell,
        );
  return new Map([
    ...ids.map((id): [DestinationId, string] => [
      id,
      `every attempt has failed for five days: ${lastReasons.get(id)}`,
    ]),
    ...reasonsOf(asked),
  ]);
}

/** Why the last attempt failed, by destination. */
function reasonsOf(endings: readonly Ending[]): Map<DestinationId, string> {
  return new Map(endings.map(({ destinationId, reason }) => [destinationId, reason ?? 'it failed']));
}

function countOf(endings: readonly Ending[]): Map<DestinationId, number> {
  const counts = new Map<DestinationId, number>();
  for (const { destinationId } of endings) counts.set(destinationId, (counts.get(destinationId) ?? 0) + 1);
  return counts;
}
