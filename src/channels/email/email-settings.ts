import { z } from 'zod';
import { readMailbox, wireAddress } from '../../domain/mailbox.js';

/** What an email destination is set up with. The address stays as its owner wrote it. */
export const EmailSettings = z.strictObject({
  address: z
    .string()
    .superRefine((address, context) => {
      // A line end behind it is no slip of typing.
      const mailbox = readMailbox(/\p{Cc}/u.test(address) ? address : address.trim());
      if ('fault' in mailbox) context.addIssue({ code: 'custom', message: mailbox.fault });
    })
    .trim(),
});
export type EmailSettings = z.infer<typeof EmailSettings>;

/** The address as it goes over the wire; null for one that must not. */
export function addressOnWire(address: string): { address: string; isUtf8: boolean } | null {
  const mailbox = readMailbox(address);
  if ('fault' in mailbox) return null;
  const wire = wireAddress(mailbox);
  return { address: wire, isUtf8: /[^ -~]/.test(wire) };
}
