import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a recipient is met with: a reply such as `450 4.2.0 Greylisted`, so many times. */
export type Ruling = { reply: string; times: number };

type Served = { port: number; stop(): Promise<void> };

/**
 * Rules on recipients, as Postfix asks its policy services: lines of `name=value` and an empty one; the answer is an action.
 * See SMTPD_POLICY_README.
 */
export async function startPolicy(rulings: ReadonlyMap<string, Ruling>): Promise<Served> {
  return serve((socket) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const recipient = /^recipient=(.*)$/m.exec(text.slice(0, end))?.[1] ?? '';
        text = text.slice(end + 2);
        const ruling = rulings.get(recipient);
        const isRefused = ruling !== undefined && ruling.times > 0;
        if (isRefused) ruling.times -= 1;
        socket.write(`action=${isRefused ? ruling.reply : 'DUNNO'}\n\n`);
      }
    });
  });
}

/** Knows one user, as Dovecot tells Postfix: https://doc.dovecot.org/developer_manual/design/auth_protocol/. */
export async function startLogins({ user, password }: { user: string; password: string }): Promise<Served> {
  const good = Buffer.from(`\0${user}\0${password}`).toString('base64');
  return serve((socket) => {
    socket.write('VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const [command, id, ...rest] = line.split('\t');
        if (command !== 'AUTH') continue;
        const isGood = rest.includes(`resp=${good}`);
        socket.write(isGood ? `OK\t${id}\tuser=${user}\n` : `FAIL\t${id}\tuser=${user}\n`);
      }
    });
  });
}

async function serve(talk: (socket: Socket) => void): Promise<Served> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
