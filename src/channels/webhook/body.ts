import type { Content, Recipient } from '../../domain/alert-content.js';
import { sharedAlertData, type AlertData } from '../../domain/alert-data.js';
import type { EndpointTest } from './payload.js';

/** JSON of the parts that all recipients share; the recipient's parts are spliced in before it, as JSON themselves. */
export type WebhookTemplate =
  | { kind: 'alert'; followUp: boolean; /** `"entity":…}`, what follows the alert in `data` */ rest: string }
  | { kind: 'test'; data: string };

/** @throws RangeError on a content that webhooks have no message for: a signed request needs no confirmation */
export function renderBody(content: Content): WebhookTemplate {
  if (content.kind === 'confirm') throw new RangeError('webhook destinations are not confirmed');
  if (content.kind === 'test') return { kind: 'test', data: JSON.stringify(testData(content.archiveName)) };
  const rest = JSON.stringify(sharedAlertData(content)).slice(1);
  return { kind: 'alert', followUp: content.followUp, rest };
}

/** @returns the body, to the byte as it is signed and sent. @throws RangeError when an alert lacks its inbox entry */
export function fillBody(template: WebhookTemplate, { createdAt, alert }: Recipient): string {
  const head = (type: string) => `{"type":"${type}","timestamp":${JSON.stringify(createdAt)},"data":`;
  if (template.kind === 'test') return `${head('endpoint.test')}${template.data}}`;
  if (alert === null) throw new RangeError('an alert goes out with its inbox entry');
  const own: AlertData['alert'] = {
    id: alert.id,
    url: alert.url,
    watchlists: alert.watchlists.map(({ id, name }) => ({ id, name })),
    followUp: template.followUp,
  };
  return `${head('alert.created')}{"alert":${JSON.stringify(own)},${template.rest}}`;
}

function testData(archive: string): EndpointTest['data'] {
  return { message: 'This is a test. Your endpoint is reached; check that the signature verifies.', archive };
}
