import { afterEach, beforeEach, expect, it } from 'vitest';
import { nameResolver, oneAtATime, type Resolve } from '../../../src/platform/outbound/name-resolver.js';
import { startNameServer, type NameServer } from './name-server.js';

const v6 = '2001:db8:0:0:0:0:0:1';
let names: NameServer;
let resolve: Resolve;
/** What the system was asked for, and how often at a time at most. */
let system: { names: string[]; under: number; most: number };

beforeEach(async () => {
  names = await startNameServer({
    'both.example': { 4: ['192.0.2.1', '192.0.2.2'], 6: [v6] },
    'four.example': { 4: ['192.0.2.4'] },
    'six.example': { 6: [v6] },
    'slow-six.example': { 4: ['192.0.2.6'], silent: 6 },
    ...Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`a${n}.tarpit.example`, { silent: 'both' as const }]),
    ),
  });
  system = { names: [], under: 0, most: 0 };
  const askSystem: Resolve = (hostname, callback) => {
    system.names.push(hostname);
    system.most = Math.max(system.most, ++system.under);
    const isKnown = hostname === 'localhost' || hostname === 'hosts-file.example';
    setTimeout(() => {
      system.under--;
      if (isKnown) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
    }, 20);
  };
  resolve = nameResolver({ servers: [names.server], askSystem: oneAtATime(askSystem) });
});
afterEach(() => names.close());

const found = async (hostname: string) =>
  new Promise<string[] | string>((done) =>
    resolve(hostname, (error, addresses) =>
      done(error === null ? addresses.map(({ address }) => address) : (error.code ?? '')),
    ),
  );

it.each([
  ['both.example', ['192.0.2.1', '192.0.2.2', '2001:db8::1']],
  ['four.example', ['192.0.2.4']],
  ['six.example', ['2001:db8::1']],
  ['slow-six.example', ['192.0.2.6']],
])('finds what DNS has for %s, and asks nobody else', async (hostname, expected) => {
  const addresses = await found(hostname);
  expect(Array.isArray(addresses) && addresses.toSorted()).toEqual(expected);
  expect(system.names).toEqual([]);
});

it('asks the system for what DNS does not know, and at once for names without a dot', async () => {
  expect(await found('hosts-file.example')).toEqual(['127.0.0.1']);
  expect(await found('nowhere.example')).toBe('ENOTFOUND');
  const asked = names.asked.length;
  expect(await found('localhost')).toEqual(['127.0.0.1']);
  expect(names.asked).toHaveLength(asked);
});

it('finds a name while servers of forty others never answer, and holds up the system with one of them at a time', async () => {
  let ended = 0;
  const tarpits = Array.from({ length: 40 }, async (_, n) => {
    const answer = await found(`a${n}.tarpit.example`);
    ended++;
    return answer;
  });
  expect(await found('four.example')).toEqual(['192.0.2.4']);
  expect(ended).toBe(0);
  expect(new Set(await Promise.all(tarpits))).toEqual(new Set(['ENOTFOUND']));
  expect(system.most).toBe(1);
});

it('lets no more wait for the system than it can ever ask in time', async () => {
  const never = oneAtATime(() => undefined);
  const codes = await Promise.all(
    Array.from(
      { length: 203 },
      async (_, n) =>
        new Promise((done) => {
          never(`n${n}`, (error) => done(error?.code));
          if (n < 201) done('waits');
        }),
    ),
  );
  expect(codes.slice(199)).toEqual(['waits', 'waits', 'EAI_AGAIN', 'EAI_AGAIN']);
});
