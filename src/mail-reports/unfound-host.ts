import { mailboxKey } from '../domain/mailbox.js';

/** As Postfix, Exim, qmail and Microsoft name the host that has no address. */
const unfound =
  /\bname service error for name=([^\s;,()]{1,255})|\bunable to look ?up host ([^\s;,():]{1,255})|\blookup of host "?([^\s;,()"]{1,255})"? failed|\bcouldn['’]t find any host named ([^\s;,()]{1,255})|\bdns domain ['"]?([^\s;,()'"]{1,255})['"]? does not exist/i;

/**
 * Whether words name a host that was not found, and it is not the recipient's domain: then what is missing is a relay of
 * ours, or one behind the recipient, and no mailbox is to blame. Nothing is told without a recipient.
 */
export function isOtherHostUnfound(words: string, recipient: string | null): boolean {
  const host = unfound
    .exec(words)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (host === undefined || recipient === null) return false;
  return domainOf(`x@${host.replace(/\.+$/, '')}`) !== domainOf(recipient);
}

function domainOf(address: string): string {
  const key = mailboxKey(address);
  return key.slice(key.lastIndexOf('@') + 1);
}
