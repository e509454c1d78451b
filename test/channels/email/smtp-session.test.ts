import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SmtpPool } from '../../../src/channels/email/smtp-pool.js';
import { smtpServer } from '../../../src/channels/email/smtp-server.js';
import { polite, startScriptedServer, type Script } from './scripted-server.js';

/** However busy the machine is. */
const eventually = async (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

const open: { close(): Promise<void> }[] = [];

/** One connection to a server that follows the script. */
async function talk(script: Script, connections = 1) {
  const server = await startScriptedServer(script);
  const pool = new SmtpPool(smtpServer(`${server.smtpUrl}?maxConnections=${connections}`));
  open.push(pool, server);
  const send = (name: string, signal = new AbortController().signal) =>
    pool
      .send(
        { from: 'a@tocsin.example', to: `${name}@example.org`, source: ['X: y\r\n\r\n', `${name}\r\n`] },
        signal,
      )
      .catch(({ code, command, response }: Record<string, string>) => ({ code, command, response }));
  return { heard: server.heard, sockets: server.sockets, pool, send };
}

afterEach(async () => {
  vi.useRealTimers();
  for (const thing of open.splice(0)) await thing.close();
});

const envelope = (name: string) => ['MAIL FROM:<a@tocsin.example>', `RCPT TO:<${name}@example.org>`, 'DATA'];
const mail = (name: string) => [...envelope(name), `mail: X: y\r\n\r\n${name}`];
const greeting = expect.stringMatching(/^EHLO /);

describe('a connection to a mail server', () => {
  it('announces the next mail behind the one that is being judged', async () => {
    let judged = '';
    const { heard, send } = await talk((command, socket) => {
      if (command === '.') {
        judged += '250 taken\r\n';
        return undefined;
      }
      // The verdict comes once it has heard of the next, or it never comes.
      if (command.startsWith('MAIL') && judged !== '') socket.write(judged);
      if (command.startsWith('RCPT TO:<c')) judged = '';
      return polite(command);
    });
    const [a, b] = [send('a'), send('b')];
    void send('c');
    expect(await Promise.all([a, b])).toEqual(['250 taken', '250 taken']);
    expect(heard[0]?.slice(0, 9)).toEqual([greeting, ...mail('a'), ...mail('b')]);
  });

  it('waits for each reply where PIPELINING is not offered', async () => {
    const behind: string[] = [];
    const { heard, send } = await talk((command, _socket, rest) => {
      behind.push(rest);
      return command.startsWith('EHLO') ? '250 script.example\r\n' : polite(command);
    });
    expect(await Promise.all([send('a'), send('b')])).toEqual(['250 2.0.0 Ok', '250 2.0.0 Ok']);
    expect(heard).toEqual([[greeting, ...mail('a'), ...mail('b')]]);
    expect(behind.join('')).toBe('');
  });

  it('sends nothing of a mail whose sender was refused, though the server waits for it', async () => {
    const { heard, send } = await talk((command) =>
      command.startsWith('MAIL') && heard.length === 1 ? '550 5.7.1 not you\r\n' : polite(command),
    );
    expect(await send('a')).toEqual({
      code: 'EENVELOPE',
      command: 'MAIL FROM',
      response: '550 5.7.1 not you',
    });
    expect(await send('b')).toBe('250 2.0.0 Ok');
    expect(heard).toEqual([
      [greeting, ...envelope('a')],
      [greeting, ...mail('b')],
    ]);
  });

  it('begins anew after a refusal', async () => {
    const { heard, send } = await talk((command) => {
      if (command.startsWith('RCPT TO:<a')) return '550-5.1.1 nobody\r\n550 5.1.1 here\r\n';
      return command === 'DATA' && heard.at(-1)?.at(-2)?.includes('<a')
        ? '503 no recipient\r\n'
        : polite(command);
    });
    expect(await send('a')).toEqual({
      code: 'EENVELOPE',
      command: 'RCPT TO',
      response: '550-5.1.1 nobody\n550 5.1.1 here',
    });
    expect(await send('b')).toBe('250 2.0.0 Ok');
    expect(heard).toEqual([[greeting, ...envelope('a'), 'RSET', ...mail('b')]]);
  });

  it.each(['MAIL', 'RCPT', 'DATA', '.'])(
    'gives up a connection on which %s is answered by 421',
    async (cut) => {
      const { heard, send } = await talk((command) =>
        command.startsWith(cut) && heard.length === 1 ? '421 4.3.2 going down\r\n' : polite(command),
      );
      expect(await send('a')).toMatchObject({ response: '421 4.3.2 going down' });
      expect(await send('b')).toBe('250 2.0.0 Ok');
      expect(heard[1]).toEqual([greeting, ...mail('b')]);
    },
  );

  it('does not go on with one on which the server has said goodbye meanwhile', async () => {
    const { heard, send } = await talk((command) =>
      command === '.' ? '250 ok\r\n421 4.4.2 idle for too long\r\n' : polite(command),
    );
    expect([await send('a'), await send('b')]).toEqual(['250 ok', '250 ok']);
    expect(heard).toHaveLength(2);
  });

  it('sends nothing of a mail that was given up after it was announced', async () => {
    let [isJudging, held] = [false, ''];
    let verdict: () => void = () => undefined;
    const { heard, send } = await talk((command, socket) => {
      if (command === '.') {
        isJudging = true;
        verdict = () => {
          isJudging = false;
          socket.write(`250 taken\r\n${held}`);
          held = '';
        };
        return undefined;
      }
      if (!isJudging) return polite(command);
      held += polite(command);
      return undefined;
    });
    const giveUp = new AbortController();
    const [a, b] = [send('a'), send('b', giveUp.signal)];
    await eventually(() => expect(heard[0]).toContain('RCPT TO:<b@example.org>'));
    giveUp.abort();
    expect(await b).toMatchObject({ code: 'EABORT' });
    verdict();
    expect(await a).toBe('250 taken');
    const c = send('c');
    await eventually(() => expect(heard[1]).toEqual([greeting, ...mail('c')]));
    verdict();
    expect(await c).toBe('250 taken');
    expect(heard[0]).toEqual([greeting, ...mail('a'), ...envelope('b')]);
  });

  it('breaks off what was to go out, in the middle of a mail', async () => {
    const giveUp = new AbortController();
    const { heard, send } = await talk((command) => {
      if (command === 'DATA') giveUp.abort();
      return polite(command);
    });
    expect(await send('a', giveUp.signal)).toMatchObject({ code: 'EABORT' });
    expect(await send('b')).toBe('250 2.0.0 Ok');
    expect(heard).toEqual([
      [greeting, ...envelope('a')],
      [greeting, ...mail('b')],
    ]);
  });

  it('sends no more of what has already been written either', async () => {
    const giveUp = new AbortController();
    const { heard, sockets, pool } = await talk((command, socket) => {
      if (command === 'DATA') socket.pause();
      return polite(command);
    });
    // More than lies on the way between two sockets.
    const body = Buffer.alloc(16_000_000, `${'x'.repeat(70)}\r\n`);
    const sent = pool.send({ from: 'a@tocsin.example', to: 'a@example.org', source: [body] }, giveUp.signal);
    await eventually(() => expect(sockets[0]?.isPaused()).toBe(true));
    setImmediate(() => giveUp.abort());
    await expect(sent).rejects.toMatchObject({ code: 'EABORT' });
    sockets[0]?.resume();
    await eventually(() => expect(sockets[0]?.destroyed).toBe(true));
    expect(sockets[0]?.bytesRead).toBeLessThan(body.length);
    expect(heard[0]?.at(-1)).toBe('DATA');
  });

  it('ends with a server that goes on without end', async () => {
    const { send } = await talk((command) => {
      if (command === 'DATA') return undefined;
      return command.startsWith('RCPT') ? '250-and\r\n'.repeat(10_000) : polite(command);
    });
    expect(await send('a')).toMatchObject({ code: 'EPROTOCOL' });
  });

  it('lets an announced mail go elsewhere when the verdict on the one before it does not come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    // What is to be answered after the verdict.
    const judging = new Map<Socket, string>();
    const announced = 'RCPT TO:<c@example.org>';
    const { heard, sockets, send } = await talk((command, socket) => {
      const held = judging.get(socket);
      if (command !== '.' && held === undefined) return polite(command);
      judging.set(socket, held === undefined ? '' : held + polite(command));
      return undefined;
    }, 2);
    const said = (line: string) => heard.flat().filter((one) => one === line).length;
    const judge = (index: number) => {
      const socket = sockets[index];
      if (socket === undefined) return;
      socket.write(`250 taken\r\n${judging.get(socket) ?? ''}`);
      judging.delete(socket);
    };
    const first = [send('a'), send('b')];
    const c = send('c');
    await eventually(() => expect([judging.size, said(announced)]).toEqual([2, 1]));
    // One connection has nothing behind it, and gets its verdict.
    const stuck = heard.findIndex((lines) => lines.includes(announced));
    judge(1 - stuck);
    expect(await Promise.race(first)).toBe('250 taken');
    vi.advanceTimersByTime(1_999);
    expect(said(announced)).toBe(1);
    vi.advanceTimersByTime(1);
    await eventually(() => expect(said('mail: X: y\r\n\r\nc')).toBe(1));
    // The verdict comes after all: what was announced behind it is elsewhere by now, though it has none yet.
    judge(stuck);
    expect(await Promise.all(first)).toEqual(['250 taken', '250 taken']);
    await eventually(() => expect(sockets[stuck]?.destroyed).toBe(true));
    judge(1 - stuck);
    expect(await c).toBe('250 taken');
    expect(said('mail: X: y\r\n\r\nc')).toBe(1);
  });
});
