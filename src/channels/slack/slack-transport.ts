import { Agent, fetch, type Response } from 'undici';

/** Slack repeats a message in its answer, blocks and all: some 30 KiB for our longest. */
const longestAnswerBytes = 64 * 1024;

/** When Slack says 429 and not how long. It allows about one message a second and channel. */
const defaultWaitSeconds = 30;
const longestWaitSeconds = 86_400;

type Request = { headers: Record<string, string>; body: string; signal: AbortSignal };

export type Answer = {
  status: number;
  /** How long Slack asks to wait, in seconds: given with every 429, else only when it says so. */
  afterSeconds: number | null;
  body: string;
};

/** The connections to Slack. Follows no redirect and reads no endless answer. */
export class SlackTransport {
  private readonly agent = new Agent();

  /** @param timeoutMs for a whole request, its answer read to the end */
  constructor(private readonly timeoutMs: number) {}

  /** @throws Error when there is no answer, with the reason as `code`, its own or its cause's */
  async post(url: string, { headers, body, signal }: Request): Promise<Answer> {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMs)]),
      redirect: 'manual',
      dispatcher: this.agent,
    });
    return {
      status: response.status,
      afterSeconds: waitOf(response),
      body: await readAtMost(longestAnswerBytes, response),
    };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}

export class UnreadableAnswer extends Error {
  constructor(readonly code: 'ANSWER_TOO_LONG' | 'ANSWER_NOT_JSON') {
    super('the answer cannot be read');
  }
}

async function readAtMost(maxBytes: number, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.byteLength;
    if (length > maxBytes) throw new UnreadableAnswer('ANSWER_TOO_LONG');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `Retry-After` in seconds. Slack never sends a date there. */
function waitOf({ status, headers }: Response): number | null {
  const seconds = /^\d{1,9}$/.exec(headers.get('retry-after') ?? '')?.[0];
  if (seconds !== undefined) return Math.min(Number(seconds), longestWaitSeconds);
  return status === 429 ? defaultWaitSeconds : null;
}
