import type { Dispatcher } from 'undici';
import type { GivenUpError } from './given-up-error.js';
import { UnderWay } from './under-way.js';

export type PostOptions = {
  /** From connecting to the end of the answer. */
  timeoutMs: number;
  /** How much of an answer is read. With the rest the connection is dropped. */
  answerLimitBytes: number;
};

export type Post = {
  url: URL;
  headers: Record<string, string>;
  body: Buffer;
  /** Gives the request up. */
  stop: AbortSignal;
};

export type Answer = {
  status: number;
  /** The value of `Retry-After`, or its values; undefined without one, and for a 2xx. */
  retryAfter: string | string[] | undefined;
  /** As far as it was read. */
  body: Buffer;
};

/**
 * Makes POST requests whose answers are wanted for their status and the beginning of their body.
 *
 * @returns a function that resolves once there is a status, whatever becomes of the body: it is only for people to read. It
 * rejects with a GivenUpError, or as undici fails
 */
export function poster(
  dispatcher: Dispatcher,
  { timeoutMs, answerLimitBytes }: PostOptions,
): (post: Post) => Promise<Answer> {
  const underWay = new UnderWay(timeoutMs);
  return (post) =>
    new Promise((resolve, reject) => {
      const end = (attempt: Exchange) => underWay.end(attempt, post.stop);
      const exchange = new Exchange(answerLimitBytes, resolve, reject, end);
      underWay.begin(exchange, post.stop);
      if (exchange.isOver) return;
      const { url, headers, body } = post;
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: 'POST',
          headers,
          body,
          // Two timers for each request. They would not see an answer that drips; `underWay` sees to all of it.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        exchange,
      );
    });
}

/**
 * One request and its answer. `undici.request` would make of each answer a stream, of its headers an object, and need an
 * AbortSignal to be stopped: 30 µs of 75.
 */
class Exchange implements Dispatcher.DispatchHandler {
  isOver = false;
  private abort: ((why: Error) => void) | undefined;
  private why: GivenUpError | undefined;
  private status = 0;
  private retryAfter: string | string[] | undefined;
  private readonly chunks: Buffer[] = [];

  constructor(
    private bytesLeft: number,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: Error) => void,
    private readonly end: (self: Exchange) => void,
  ) {}

  onConnect(abort: (why?: Error) => void): void {
    // Given up while there was no connection yet.
    if (this.why) abort(this.why);
    this.abort = abort;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    if (status < 200) return true;
    this.status = status;
    if (status >= 300) this.retryAfter = valueOf('retry-after', headers);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.chunks.push(chunk.length > this.bytesLeft ? chunk.subarray(0, this.bytesLeft) : chunk);
    this.bytesLeft -= chunk.length;
    if (this.bytesLeft <= 0) {
      this.finish(null);
      this.abort?.(new Error('enough was read'));
    }
    return true;
  }

  onComplete(): void {
    this.finish(null);
  }

  onError(error: Error): void {
    this.finish(error);
  }

  giveUp(why: GivenUpError): void {
    this.why = why;
    this.finish(why);
    this.abort?.(why);
  }

  /** The first to say how it ended is right. */
  private finish(error: Error | null): void {
    if (this.isOver) return;
    this.isOver = true;
    this.end(this);
    if (error !== null && this.status === 0) return this.reject(error);
    const [first = Buffer.alloc(0), ...more] = this.chunks;
    const body = more.length === 0 ? first : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, retryAfter: this.retryAfter, body });
  }
}

function valueOf(name: string, headers: readonly Buffer[]): string | string[] | undefined {
  const values = headers.filter(
    (_, at) =>
      at % 2 === 1 &&
      headers[at - 1]?.length === name.length &&
      String(headers[at - 1]).toLowerCase() === name,
  );
  return values.length > 1 ? values.map(String) : values[0]?.toString();
}
