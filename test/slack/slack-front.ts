import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

type Scripted = { status?: number; headers?: Record<string, string>; body?: unknown };
type Script = (form: URLSearchParams, passOn: () => Promise<any>) => Scripted | Promise<Scripted>;

export type SlackFront = {
  /** What `SLACK_API_URL` would be. */
  readonly apiUrl: string;
  /** The methods that were called, in turn, each with its token. */
  readonly calls: { method: string; token: string; form: URLSearchParams }[];
  /** Answers a method in the emulator's place until told otherwise; null lets the emulator answer again. */
  script(method: string, answer: Script | null): void;
  close(): Promise<void>;
};

/** Stands before the emulator, for what that lacks: `auth.revoke`, a second team, rate limits, and an end of it. */
export async function startSlackFront(emulatorApiUrl: string): Promise<SlackFront> {
  const scripts = new Map<string, Script>();
  const calls: SlackFront['calls'] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const form = new URLSearchParams(body.toString());
      const path = request.url ?? '/';
      const method = path.replace(/^\/api\//, '');
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => /^(authorization|content-type)$/.test(name)),
      ) as Record<string, string>;
      calls.push({ method, token: headers['authorization']?.replace(/^Bearer /, '') ?? '', form });
      const passOn = async () => {
        const answer = await fetch(new URL(path, emulatorApiUrl), {
          method: request.method ?? 'GET',
          headers,
          redirect: 'manual',
          ...(request.method === 'POST' && { body }),
        });
        return answer;
      };
      const script = scripts.get(method);
      if (script) {
        const {
          status = 200,
          headers: given = {},
          body: value,
        } = await script(form, async () => (await passOn()).json());
        response.writeHead(status, { 'content-type': 'application/json', ...given });
        response.end(JSON.stringify(value ?? {}));
        return;
      }
      const answer = await passOn();
      const text = await answer.text();
      const location = answer.headers.get('location');
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        ...(location !== null && { location }),
      });
      response.end(text);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls,
    script(method, answer) {
      if (answer === null) scripts.delete(method);
      else scripts.set(method, answer);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
