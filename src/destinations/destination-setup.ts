import type { AccountOwner } from '../accounts/account-lock.js';
import { tierLimit } from '../accounts/tier-limit.js';
import type { Channel } from '../channels/channel.js';
import type { ChannelRegistry } from '../channels/registry.js';
import { mailboxKey } from '../domain/mailbox.js';
import type { AccountId } from '../domain/ids.js';
import { tiers } from '../domain/tiers.js';
import { Problem } from '../platform/http/problem.js';
import { validate } from '../platform/http/validation.js';

/** What a destination is set up with, cut into what is shown and what is kept sealed. */
export type Setup = {
  shown: Record<string, unknown>;
  secret: Record<string, unknown>;
  /** The address that has to be confirmed; null when none has. */
  address: string | null;
};

/** @throws Problem 422 naming the kinds that there are */
export function channelOf(channels: ChannelRegistry, kind: string): Channel {
  const channel = channels.find(kind);
  if (channel) return channel;
  const message = `must be one of ${channels.kinds.join(', ')}`;
  throw new Problem(422, `There is no channel "${kind}".`, [{ path: 'kind', message }]);
}

/**
 * Checks settings as the channel has them. The channel may ask elsewhere, so this is no part of a transaction.
 *
 * @throws Problem 422 naming every fault under `settings`
 */
export async function readSetup(
  channel: Channel,
  accountId: AccountId,
  given: Record<string, unknown>,
): Promise<Setup> {
  const settings = await checked(channel, accountId, validate(channel.settingsSchema, given, 'settings'));
  const secretNames: readonly string[] = channel.secretSettings;
  const entries = Object.entries(settings);
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !secretNames.includes(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secretNames.includes(name))),
    address: channel.addressToConfirm(settings),
  };
}

async function checked(
  channel: Channel,
  accountId: AccountId,
  settings: unknown,
): Promise<Record<string, unknown>> {
  const answer = (await channel.check?.(settings, accountId)) ?? ({ kind: 'fit', settings } as const);
  if (answer.kind === 'fit') return answer.settings as Record<string, unknown>;
  const { path, message } = answer;
  throw new Problem(422, 'The request is not valid: see errors.', [{ path: `settings.${path}`, message }]);
}

/** Whether two addresses reach the same mailbox, as far as one can tell without asking its server. */
export function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && mailboxKey(one) === mailboxKey(other);
}

/** Whether somebody has to confirm the address: the account's own one counts as verified. */
export function needsConfirming(address: string | null, owner: AccountOwner): boolean {
  return address !== null && !isSameAddress(address, owner.email);
}

/** @throws Problem 403 when the tier holds the account's own address alone, and this is another place */
export function requireTierHolds(address: string | null, owner: AccountOwner): void {
  if (tiers[owner.tier].destinations === 'all' || isSameAddress(address, owner.email)) return;
  throw tierLimit(
    owner.tier,
    { name: 'destinations', allowed: 'own-email', holds: 'no destination but your own email address' },
    (terms) => terms.destinations === 'all',
  );
}
