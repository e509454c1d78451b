import { createHash } from 'node:crypto';
import { mailboxKey } from '../domain/mailbox.js';

/**
 * Stands for an address in a link that confirms it. A link that was sent to one address must not confirm the next one
 * that the destination is given; and an address itself has no place in a URL, which ends up in logs.
 */
export function addressDigest(address: string): string {
  return createHash('sha256').update(mailboxKey(address)).digest('base64url').slice(0, 22);
}
