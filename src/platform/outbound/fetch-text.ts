import { request, type Dispatcher } from 'undici';

const timeoutMs = 10_000;
const answerLimitBytes = 64 * 1_024;

/**
 * Fetches a short text. Follows no redirects.
 *
 * @param dispatcher an outbound agent, which keeps it from where it should not go
 * @throws Error for an answer that is no 200 or is longer than 64 KiB, or as undici fails
 */
export async function fetchText(dispatcher: Dispatcher, url: URL): Promise<string> {
  const { statusCode, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(timeoutMs) });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > answerLimitBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  if (statusCode !== 200) throw new Error(`the answer was ${statusCode}`);
  return Buffer.concat(chunks).toString('utf8');
}
