import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Arrivals } from './arrivals.js';

/** A request as a bare loop sends it again. */
export type SampleRequest = { headers: Record<string, string>; body: Buffer };

export type WebhookTally = {
  /** Requests that came to endpoints that answer. */
  received: number;
  /** Requests that came to endpoints that hang. */
  hung: number;
  /** The most requests that were unanswered at one time. */
  mostAtOnce: number;
  /** On the steady clock; null before anything came. */
  firstAt: number | null;
  lastAt: number | null;
  /** When as many had come as `reset` asked to be told. */
  marks: Record<number, number>;
};

export type WebhookBehaviour = {
  /** Requests whose bodies are kept. */
  samples?: number;
  /** Endpoints by number that take requests and never answer. */
  hanging?: readonly number[];
  /** Numbers of requests whose time is kept. */
  marks?: readonly number[];
};

/** Endpoints on ports of their own, that answer 200 as soon as they have read a request. */
export async function webhookSink({ endpoints }: { endpoints: number }) {
  const arrivals = new Arrivals();
  /** Requests that hang, or are held: to be let go of at the next `reset`. */
  const kept = new Set<ServerResponse>();
  let unanswered = 0;
  let hanging = new Set<number>();
  let samples: SampleRequest[] = [];
  let samplesWanted = 0;
  let holds = false;
  let tally = newTally();
  let marks: readonly number[] = [];

  const servers = await Promise.all(
    Array.from({ length: endpoints }, async (_, number) => {
      const server = createServer((request, response) => {
        // A sender that breaks off has sent nothing, and there is nobody to answer.
        receive(number, request, response).catch(() => response.destroy());
      });
      server.keepAliveTimeout = 60_000;
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );

  async function receive(number: number, request: IncomingMessage, response: ServerResponse) {
    const at = arrivals.note(request.url ?? '/');
    tally.firstAt ??= at;
    tally.mostAtOnce = Math.max(tally.mostAtOnce, ++unanswered);
    if (samples.length < samplesWanted) samples.push(await sampleOf(request));
    else await drained(request);
    if (hanging.has(number)) {
      tally.hung++;
      keep(response);
      return;
    }
    tally.received++;
    tally.lastAt = at;
    if (marks.includes(tally.received)) tally.marks[tally.received] = at;
    if (holds) keep(response);
    else answer(response);
  }

  function keep(response: ServerResponse): void {
    kept.add(response);
    response.once('close', () => {
      if (kept.delete(response)) unanswered--;
    });
  }

  function answer(response: ServerResponse): void {
    unanswered--;
    response.writeHead(200, { 'content-length': 2 }).end('ok');
  }

  return {
    urls: async () => servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    tally: async () => tally,
    samples: async () => samples,
    /** When something came to a path, on the steady clock. @returns null when nothing did in time */
    arrival: async ({ path, withinMs }: { path: string; withinMs: number }) => arrivals.of(path, withinMs),
    async reset(behaviour: WebhookBehaviour) {
      tally = newTally();
      samples = [];
      samplesWanted = behaviour.samples ?? 0;
      hanging = new Set(behaviour.hanging);
      marks = behaviour.marks ?? [];
      arrivals.clear();
      for (const response of kept) response.destroy();
    },
    /** Answers nobody until `release`: what then comes is all that the sender does at a time. */
    async hold() {
      holds = true;
    },
    async release() {
      holds = false;
      for (const response of kept) {
        kept.delete(response);
        answer(response);
      }
    },
  };
}

function newTally(): WebhookTally {
  return { received: 0, hung: 0, mostAtOnce: 0, firstAt: null, lastAt: null, marks: {} };
}

async function drained(request: IncomingMessage): Promise<void> {
  request.resume();
  await new Promise<void>((resolve, reject) => {
    request.once('end', resolve).once('error', reject);
  });
}

/** What every sender sets anew: the rest of the headers is sent again as it came. */
const ownHeaders = /^(host|connection|content-length|transfer-encoding|webhook-.*)$/;

async function sampleOf(request: IncomingMessage): Promise<SampleRequest> {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !ownHeaders.test(name))
    .map(([name, value]): [string, string] => [name, String(value)]);
  return { headers: Object.fromEntries(headers), body: await buffer(request) };
}
