import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

export type SignedHeaders = {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/**
 * Signs as Standard Webhooks v1, once with each secret, so that a receiver that knows any of them accepts.
 *
 * @param id the same through every attempt of a message
 * @param at attempt time, signed in whole seconds
 * @param secrets `whsec_…`, newest first
 * @throws RangeError on an id with "." (it would make the signed text ambiguous) and when there is no secret
 */
export function signedHeaders(id: string, at: Date, body: Buffer, secrets: readonly string[]): SignedHeaders {
  if (id.includes('.')) throw new RangeError('a webhook id must not contain "."');
  if (secrets.length === 0) throw new RangeError('a webhook is signed with at least one secret');
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
