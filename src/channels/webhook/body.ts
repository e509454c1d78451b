import type { Content, Recipient } from '../../domain/alert-content.js';
import { sharedAlertData, type AlertData } from '../../domain/alert-data.js';
import type { EndpointTest } from './payload.js';
import type { Body } from './standard-webhooks.js';

/** JSON that all recipients share, encoded once: `rest` ends the body. The recipient's own goes before it, as JSON itself. */
export type WebhookTemplate =
  | { kind: 'alert'; followUp: boolean; /** `"entity":…}}`, what follows the alert in `data` */ rest: Buffer }
  | { kind: 'test'; /** `{"message":…}}` */ rest: Buffer };

/** @throws RangeError on a content that webhooks have no message for: nothing to confirm, and each alert by itself */
export function renderBody(content: Content): WebhookTemplate {
  if (content.kind === 'test') {
    return { kind: 'test', rest: Buffer.from(`${JSON.stringify(testData(content.archiveName))}}`) };
  }
  if (content.kind !== 'alert') throw new RangeError(`webhooks have no message for a ${content.kind}`);
  const shared = JSON.stringify(sharedAlertData(content)).slice(1);
  return { kind: 'alert', followUp: content.followUp, rest: Buffer.from(`${shared}}`) };
}

/** @returns the body, to the byte as it is signed and sent. @throws RangeError when an alert lacks its inbox entry */
export function fillBody(template: WebhookTemplate, { createdAt, alert }: Recipient): Body {
  const { rest } = template;
  const head = (type: string) => `{"type":"${type}","timestamp":${JSON.stringify(createdAt)},"data":`;
  if (template.kind === 'test') return { head: head('endpoint.test'), rest };
  if (alert === null) throw new RangeError('an alert goes out with its inbox entry');
  const own: AlertData['alert'] = {
    id: alert.id,
    url: alert.url,
    watchlists: alert.watchlists.map(({ id, name }) => ({ id, name })),
    followUp: template.followUp,
  };
  return { head: `${head('alert.created')}{"alert":${JSON.stringify(own)},`, rest };
}

function testData(archive: string): EndpointTest['data'] {
  return { message: 'This is a test. Your endpoint is reached; check that the signature verifies.', archive };
}
