import { z } from 'zod';
import { parsedUrl } from '../../domain/web-url.js';

const Endpoint = z
  .string()
  .max(2_000, 'must be at most 2000 characters')
  .superRefine((text, context) => {
    const fault = faultOf(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

/** What a webhook destination is set up with. Whether its host may be reached is decided at each connection, not here. */
export const WebhookSettings = z.strictObject({
  url: Endpoint.describe('where alerts are POSTed; http or https, reachable from the public internet'),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;

function faultOf(text: string): string | null {
  // URL quietly drops these; what is stored must be what is called.
  if (/[\s\p{Cc}\\]/u.test(text)) return 'must not contain spaces, control characters or backslashes';
  const url = /^https?:\/\/[^/]/i.test(text) ? parsedUrl(text) : null;
  if (url === null) return 'must be an http(s) URL with a host';
  if (url.username !== '' || url.password !== '') {
    return 'must not contain a user name or password: the signature tells that a request is from here';
  }
  if (text.includes('#')) return 'must not contain a fragment (#…): it would never be sent';
  return null;
}
