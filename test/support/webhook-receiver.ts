import { EventEmitter } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One answer of the receiver. Without a script it answers 204. */
export type ScriptedAnswer =
  | { status: number; headers?: Record<string, string>; body?: string | Buffer; delayMs?: number }
  /** Takes the request and never answers. */
  | 'hang'
  /** Breaks the connection off once the request is in. */
  | 'reset'
  /** Sends the head of a 200 answer and the beginning of its body, and no end. */
  | 'hang-in-body';

export type ReceivedRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** To the byte as it came. */
  body: Buffer;
};

export type WebhookReceiver = {
  readonly port: number;
  /** Everything that came in so far, in order. */
  readonly requests: readonly ReceivedRequest[];
  url(path?: string): string;
  /** Plays these answers to the next requests for a path, and the last of them for good. */
  script(path: string, ...answers: [ScriptedAnswer, ...ScriptedAnswer[]]): void;
  /** Resolves to all requests once there are `count` of them. */
  waitFor(count: number): Promise<readonly ReceivedRequest[]>;
  close(): Promise<void>;
};

/** A real HTTP server on 127.0.0.1 that records what it gets and answers as it is told. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const requests: ReceivedRequest[] = [];
  const scripts = new Map<string, ScriptedAnswer[]>();
  const arrivals = new EventEmitter<{ request: [] }>().setMaxListeners(0);

  const nextAnswer = (path: string): ScriptedAnswer => {
    const script = scripts.get(path) ?? [{ status: 204 }];
    const answer = script.length > 1 ? script.shift() : script[0];
    return answer ?? { status: 204 };
  };

  const receive = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '', headers } = incoming;
    requests.push({ method, path, headers, body: await buffer(incoming) });
    play(nextAnswer(path), response);
    arrivals.emit('request');
  };

  const server = createServer((incoming, response) => {
    // A sender that breaks off has sent nothing, and there is nobody to answer.
    receive(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    requests,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    script: (path, ...answers) => void scripts.set(path, answers),
    waitFor: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (requests.length < count) return;
          arrivals.off('request', check);
          resolve([...requests]);
        };
        arrivals.on('request', check);
        check();
      }),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function play(answer: ScriptedAnswer, response: ServerResponse): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'hang-in-body') {
    response.writeHead(200, { 'content-length': 1_000_000 }).write('the beginning');
    return;
  }
  const { status, headers, body, delayMs = 0 } = answer;
  const respond = () => void response.writeHead(status, headers).end(body);
  if (delayMs === 0) respond();
  else setTimeout(respond, delayMs).unref();
}
