import { z } from 'zod';

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * A mailbox as RFC 5321 writes it on the wire: a dot-atom of at most 64 characters at a domain name. Left out on purpose:
 * quoted local parts, address literals and non-ASCII local parts, which too few servers take to be worth a bounce.
 */
export function isMailbox(address: string): boolean {
  const at = address.lastIndexOf('@');
  const labels = address.slice(at + 1).split('.');
  return (
    at > 0 &&
    at <= 64 &&
    localPart.test(address.slice(0, at)) &&
    labels.length >= 2 &&
    labels.every((part) => label.test(part)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/** What an email destination is set up with. */
export const EmailSettings = z.strictObject({
  address: z
    .string()
    .refine((address) => !/\p{Cc}/u.test(address), 'must not contain line ends or other control characters')
    .trim()
    .max(254, 'must be at most 254 characters')
    .refine(isMailbox, 'must be an email address such as "ada@example.org"'),
});
export type EmailSettings = z.infer<typeof EmailSettings>;
