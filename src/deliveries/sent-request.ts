import type { ChannelRegistry } from '../channels/registry.js';
import type { AccountId, DeliveryId } from '../domain/ids.js';
import type { SentRequest } from '../domain/sent-request.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { notFound, Problem } from '../platform/http/problem.js';
import type { Messages } from './messages.js';
import { findToShow } from './sent-request.store.js';

/**
 * The request that a delivery makes, rendered anew: nothing of it is kept. It is what would be sent now, to the address that
 * the destination has now.
 *
 * @throws Problem 404 for a delivery that is not the account's, or goes another way than by request
 */
export async function sentRequest(
  parts: { database: Database; channels: ChannelRegistry; messages: Messages; clock: Clock },
  accountId: AccountId,
  id: DeliveryId,
): Promise<SentRequest> {
  const delivery = await findToShow(parts.database, accountId, id, parts.clock.now());
  if (!delivery) throw notFound('delivery');
  const channel = parts.channels.find(delivery.lane);
  if (!channel?.requestOf) {
    throw new Problem(404, `A delivery by ${delivery.lane} makes no request that could be shown.`);
  }
  const { settings } = delivery;
  return channel.requestOf(await parts.messages.payload(channel, delivery), { settings, deliveryId: id });
}
