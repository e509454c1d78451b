import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

export const mailType = 'message/rfc822';

/**
 * Has mails reach their handler unread: who may not hand one over is refused before a byte of it was kept, and one of any size
 * can be taken, since only its beginning matters.
 */
export function acceptMails(server: FastifyInstance): void {
  server.addContentTypeParser(mailType, (_request, payload, done) => done(null, payload));
}

/**
 * The first bytes of a stream, which is read to its end: what comes beyond them is dropped as it comes. A mail server whose
 * mail is refused for its size keeps it and tries for ever.
 *
 * @throws what the stream throws when it is broken off
 */
export async function firstBytes(stream: Readable, most: number): Promise<Buffer> {
  const kept: Buffer[] = [];
  let left = most;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (left > 0) kept.push(chunk.subarray(0, left));
    left = Math.max(0, left - chunk.length);
  }
  return Buffer.concat(kept);
}
