import { z } from 'zod';
import { isPortOf, portOf, portRangesText, type PortRange } from '../../domain/port-range.js';
import { parsedUrl } from '../../domain/web-url.js';
import { eventTypes, type EventType } from './event-type.js';

export type WebhookSettings = { url: string; types?: EventType[] | undefined };

/**
 * What a webhook destination is set up with. Whether its host may be reached is decided at each connection, not here.
 *
 * @param ports that webhooks may go to
 */
export function webhookSettings(ports: readonly PortRange[]): z.ZodType<WebhookSettings> {
  const endpoint = z
    .string()
    .max(2_000, 'must be at most 2000 characters')
    .superRefine((text, context) => {
      const fault = faultOf(text, ports);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    });
  return z.strictObject({
    url: endpoint.describe('where alerts are POSTed; http or https, reachable from the public internet'),
    types: z
      .array(z.enum(eventTypes))
      .min(1, 'must name a type; left out, all of them')
      .refine((types) => new Set(types).size === types.length, 'must name each type once')
      .optional()
      .describe('the types of messages that are sent there; all when left out'),
  });
}

function faultOf(text: string, ports: readonly PortRange[]): string | null {
  // URL quietly drops these; what is stored must be what is called.
  if (/[\s\p{Cc}\\]/u.test(text)) return 'must not contain spaces, control characters or backslashes';
  const url = /^https?:\/\/[^/]/i.test(text) ? parsedUrl(text) : null;
  if (url === null) return 'must be an http(s) URL with a host';
  // An empty name and password (`http://:@host/`) are some, too: what is before an @ is there to mislead.
  if (/^[^/]*\/\/[^/?#]*@/.test(text)) {
    return 'must not contain a user name or password: the signature tells that a request is from here';
  }
  if (text.includes('#')) return 'must not contain a fragment (#…): it would never be sent';
  if (!isPortOf(ports, portOf(url))) return `must lead to one of the ports ${portRangesText(ports)}`;
  return null;
}
