import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Answers a command, or "." for a mail that has come in; may hang up, or say nothing. @param rest what has come behind it
 */
export type Script = (command: string, socket: Socket, rest: string) => string | undefined;

export function polite(command: string): string {
  if (command.startsWith('EHLO')) return '250-script.example\r\n250 PIPELINING\r\n';
  return command === 'DATA' ? '354 go on\r\n' : '250 2.0.0 Ok\r\n';
}

/** A mail server that does what real ones should not. Each connection has a list of what was said on it. */
export async function startScriptedServer(script: Script) {
  const heard: string[][] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const own: string[] = [];
    let [text, isMail] = ['', false];
    heard.push(own);
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write('220 script.example\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (;;) {
        const end = text.indexOf(isMail ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const said = text.slice(0, end);
        text = text.slice(end + (isMail ? 5 : 2));
        own.push(isMail ? `mail: ${said}` : said);
        const reply = script(isMail ? '.' : said, socket, text);
        isMail = !isMail && (reply?.startsWith('354') ?? false);
        if (reply !== undefined) socket.write(reply);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    smtpUrl: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** One entry for each connection, as in `sockets`. */
    heard,
    sockets,
    async close(): Promise<void> {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
