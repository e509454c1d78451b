import type { Recipient } from '../../domain/alert-content.js';
import type { Content } from '../../domain/content.js';
import { sharedAlertData, type AlertData } from '../../domain/alert-data.js';
import { coverageData } from './coverage-data.js';
import { digestData } from './digest-data.js';
import { echoData } from './echo-data.js';
import { eventTypeOf, type EventType } from './event-type.js';
import type { EndpointTest } from './payload.js';
import type { Body } from './standard-webhooks.js';

/** JSON that all recipients share, encoded once: `rest` ends the body. The recipient's own goes before it, as JSON itself. */
export type WebhookTemplate =
  | {
      kind: 'alert';
      type: EventType;
      /** Missing in what became of an alert. */
      followUp?: boolean;
      /** `"entity":…}}`, what follows the alert in `data` */
      rest: Buffer;
    }
  | { kind: 'whole'; type: EventType | 'endpoint.test'; /** `{…}}`, all of `data` */ rest: Buffer };

/** @throws RangeError on a content that webhooks have no message for: nothing to confirm, and each alert by itself */
export function renderBody(content: Content): WebhookTemplate {
  const type = eventTypeOf(
    content.kind,
    'about' in content && content.kind !== 'notice' ? content.about : null,
  );
  if (content.kind === 'test') {
    return { kind: 'whole', type: 'endpoint.test', rest: wholeData(testData(content.archiveName)) };
  }
  if (type === null) throw new RangeError(`webhooks have no message for a ${content.kind}`);
  switch (content.kind) {
    case 'alert':
      return {
        kind: 'alert',
        type,
        followUp: content.followUp,
        rest: dataAfterAlert(sharedAlertData(content)),
      };
    case 'echo':
      return { kind: 'alert', type, rest: dataAfterAlert(echoData(content)) };
    case 'digest':
      return { kind: 'whole', type, rest: wholeData(digestData(content)) };
    case 'coverage':
      return { kind: 'whole', type, rest: wholeData(coverageData(content)) };
    default:
      throw new RangeError(`webhooks have no message for a ${content.kind}`);
  }
}

/** @returns the body, to the byte as it is signed and sent. @throws RangeError when an alert lacks its inbox entry */
export function fillBody(template: WebhookTemplate, { createdAt, alert }: Recipient): Body {
  const { rest, type } = template;
  const head = `{"type":"${type}","timestamp":${JSON.stringify(createdAt)},"data":`;
  if (template.kind === 'whole') return { head, rest };
  if (alert === null) throw new RangeError('an alert goes out with its inbox entry');
  const { followUp } = template;
  const own: Partial<AlertData['alert']> = {
    id: alert.id,
    url: alert.url,
    watchlists: alert.watchlists.map(({ id, name }) => ({ id, name })),
    ...(followUp !== undefined && { followUp }),
  };
  return { head: `${head}{"alert":${JSON.stringify(own)},`, rest };
}

function dataAfterAlert(data: object): Buffer {
  return Buffer.from(`${JSON.stringify(data).slice(1)}}`);
}

function wholeData(data: object): Buffer {
  return Buffer.from(`${JSON.stringify(data)}}`);
}

function testData(archive: string): EndpointTest['data'] {
  return { message: 'This is a test. Your endpoint is reached; check that the signature verifies.', archive };
}
