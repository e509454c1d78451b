import { z } from 'zod';
import { isPortOf, portOf, portRangesText, type PortRange } from '../../domain/port-range.js';
import { parsedUrl } from '../../domain/web-url.js';
import { addressPolicy } from '../../platform/outbound/address-policy.js';

/** The address of an incoming webhook, which stands for one channel or chat by itself. Whoever knows it can post there. */
export type TeamsSettings = { webhookUrl: string };

/** Where webhooks may go: networks that are open though private, as CIDRs, and ports. */
export type WebhookLimits = { allowNetworks: readonly string[]; ports: readonly PortRange[] };

/** Of workflows ("When a Teams webhook request is received"), and of the connectors that they take the place of. */
const microsoftHosts = [
  '.logic.azure.com',
  '.api.powerplatform.com',
  '.powerautomate.com',
  '.webhook.office.com',
];

const isPublic = addressPolicy([]);

/**
 * Whether `url` is an incoming webhook that may be called: at Microsoft's, or at an address in a network that the operator has
 * opened for webhooks, where a relay or a test stands in for Microsoft. The owner of a destination picks this address; where
 * any name could stand, a message could be sent to any stranger.
 */
export function isWebhookUrl(url: string, { allowNetworks, ports }: WebhookLimits): boolean {
  // URL quietly drops some of these; what is stored must be what is called.
  const parsed = /[\s\p{Cc}\\]/u.test(url) ? null : parsedUrl(url);
  if (parsed === null) return false;
  const { protocol, hostname, port, pathname, username, password, hash } = parsed;
  if (username !== '' || password !== '' || hash !== '' || pathname === '/') return false;
  const isMicrosofts = microsoftHosts.some((suffix) => hostname.endsWith(suffix));
  if (!isPortOf(ports, portOf(parsed))) return false;
  if (isMicrosofts) return protocol === 'https:' && port === '';
  return /^https?:$/.test(protocol) && isOpened(hostname.replaceAll(/[[\]]/g, ''), allowNetworks);
}

/** Whether it is an address that only `allowNetworks` makes reachable; a name never is. */
function isOpened(host: string, allowNetworks: readonly string[]): boolean {
  return !isPublic(host) && addressPolicy(allowNetworks)(host);
}

export function teamsSettings(limits: WebhookLimits): z.ZodType<TeamsSettings> {
  const WebhookUrl = z
    .string()
    .max(2_000, 'must be at most 2000 characters')
    .refine(
      (url) => isWebhookUrl(url, limits),
      `must be the https URL of a Teams webhook, at one of ${microsoftHosts.map((host) => `*${host}`).join(', ')}, on one of the ports ${portRangesText(limits.ports)}`,
    )
    .describe(
      'of the workflow “When a Teams webhook request is received”, or of an incoming webhook; a secret',
    );
  return z.strictObject({ webhookUrl: WebhookUrl });
}
