import type { FetchFunction } from '@slack/web-api';
import { Agent, fetch } from 'undici';

/** A page of 999 channels with topics and purposes has some 1.5 MB. */
const longestAnswerBytes = 8 * 1024 * 1024;
const requestTimeoutMs = 10_000;

/** When Slack says 429 and not how long. Its methods recover within a minute. */
const defaultWaitSeconds = 30;

/** Requests to Slack that end: within 10 seconds, with an answer of 8 MiB at most, and without following redirects. */
export class SlackFetch {
  private readonly agent = new Agent();

  readonly fetch: FetchFunction = async (url, init = {}) => {
    if (typeof init.body !== 'string') throw new TypeError('a call is sent as a form');
    const response = await fetch(String(url), {
      method: 'POST',
      headers: init.headers ?? {},
      body: init.body,
      signal: AbortSignal.timeout(requestTimeoutMs),
      redirect: 'manual',
      dispatcher: this.agent,
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      length += bytes.byteLength;
      if (length > longestAnswerBytes) throw new RangeError('the answer is too long');
      chunks.push(bytes);
    }
    const { status } = response;
    const isTold = /^\d{1,9}$/.test(response.headers.get('retry-after') ?? '');
    const wait = isTold ? response.headers.get('retry-after') : String(defaultWaitSeconds);
    // The client takes what is no JSON for an error code, and throws at what is no object.
    const text = Buffer.concat(chunks).toString('utf8');
    if (status === 200 && !isObject(text)) throw new TypeError('the answer is no object');
    return new Response(status === 200 ? text : null, {
      status,
      headers: status === 429 && wait !== null ? { 'retry-after': wait } : {},
    });
  };

  async close(): Promise<void> {
    await this.agent.close();
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
