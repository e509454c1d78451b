import type { Ending } from './ending.store.js';
import type { HeldParcel } from './held-parcels.js';
import type { LeasedDelivery } from './leased-delivery.store.js';
import type { Result } from './sender.js';

/**
 * What is recorded of an attempt, or of the reason why none was made.
 *
 * @param sharesEndpoint whether the channel's destinations share one endpoint
 */
export function endingOf(
  delivery: LeasedDelivery,
  parcel: HeldParcel,
  result: Result,
  sharesEndpoint: boolean,
): Ending {
  // A notice goes to the owner: it says nothing of how the destination does that it tells of.
  const isNotice = delivery.kind === 'notice';
  const isPartTold = delivery.isPart && delivery.kind === 'alert' && result.state === 'delivered';
  return {
    id: delivery.id,
    parcelId: parcel.id,
    claim: parcel.claim,
    accountId: delivery.accountId,
    destinationId: delivery.destinationId,
    lane: delivery.lane,
    state: result.state,
    dueAt: result.dueAt,
    paced: result.paced,
    reason: result.reason,
    at: result.at,
    endedAt: result.endedAt,
    outcome: result.outcome,
    status: result.status,
    ms: result.ms,
    excerpt: result.excerpt,
    triesBefore: delivery.tries,
    failingSince: isNotice ? null : delivery.failingSince,
    disable: result.disable,
    fault: isNotice ? null : faultOf(result, sharesEndpoint),
    held: result.held === true,
    message: result.message && { ...result.message, changeIds: delivery.changeIds },
    told: isPartTold ? delivery.changeIds : result.state === 'delivered' ? result.told : null,
  };
}

/** A server that all destinations share is no fault of any of them. */
function faultOf({ outcome, endpoint }: Result, sharesEndpoint: boolean): 'destination' | null {
  if (outcome === null || outcome === 'delivered' || endpoint === null) return null;
  return endpoint === 'failed' && sharesEndpoint ? null : 'destination';
}
