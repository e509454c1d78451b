import type { Readable } from 'node:stream';

/**
 * Reads at most `bytes` of an answer and drops the rest, with the connection if there is more. Never fails: of a body
 * that breaks off, what came is returned.
 */
export async function readCapped(body: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let left = bytes;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break; // leaving the loop destroys the stream
    }
  } catch {
    // The status line said all that counts; the body is only for people to read.
  }
  return Buffer.concat(chunks);
}
