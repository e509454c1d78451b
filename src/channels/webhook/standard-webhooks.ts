import { blockBytes, hmacSha256 } from '../../platform/hmac-sha256.js';

const prefix = 'whsec_';

/** A body in two parts: what is a recipient's own, and what all recipients share, encoded once. */
export type Body = { head: string; rest: Buffer };

export type SignedHeaders = {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/** The parts of the body together, and the headers that go with it. */
export type SignedMessage = { headers: SignedHeaders; body: Buffer };

/**
 * Signs as Standard Webhooks v1, once with each secret, so that a receiver that knows any of them accepts.
 *
 * @param id the same through every attempt of a message
 * @param at attempt time, signed in whole seconds
 * @param secrets `whsec_…`, newest first
 * @throws RangeError on an id with "." (it would make the signed text ambiguous) and when there is no secret
 */
export function signedMessage(
  id: string,
  at: Date,
  { head, rest }: Body,
  secrets: readonly string[],
): SignedMessage {
  if (id.includes('.')) throw new RangeError('a webhook id must not contain "."');
  if (secrets.length === 0) throw new RangeError('a webhook is signed with at least one secret');
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const named = `${id}.${timestamp}.`;
  const bodyAt = blockBytes + Buffer.byteLength(named);
  const restAt = bodyAt + Buffer.byteLength(head);
  const text = Buffer.allocUnsafe(restAt + rest.length);
  text.write(named + head, blockBytes);
  text.set(rest, restAt);
  const signatures = secrets.map(
    (secret) => `v1,${hmacSha256(Buffer.from(secret.slice(prefix.length), 'base64'), text, 'base64')}`,
  );
  return {
    headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') },
    body: text.subarray(bodyAt),
  };
}

/** The headers of a body that is in one piece. */
export function signedHeaders(id: string, at: Date, body: Buffer, secrets: readonly string[]): SignedHeaders {
  return signedMessage(id, at, { head: '', rest: body }, secrets).headers;
}
