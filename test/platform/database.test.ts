import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  connectTimeoutMs,
  Database,
  isConnectionLost,
  sqlState,
  type Transaction,
} from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let testDatabase: TestDatabase;
let database: Database;
let tries: number;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url, { poolSize: 2 });
  await database.execute(`create table counter (id integer primary key, n integer not null)`);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  tries = 0;
  await database.execute(`delete from counter`);
  await database.execute(`insert into counter values (1, 0), (2, 0)`);
});

const counters = async () =>
  (await database.query<{ n: number }>(`select n from counter order by id`)).map(({ n }) => n);
const add = async (tx: Transaction, id: number) =>
  tx.execute(`update counter set n = n + 1 where id = $1`, [id]);
const fail = async (tx: Transaction, state: string) =>
  tx.execute(`do $$ begin raise exception 'on purpose' using errcode = '${state}'; end $$`);

describe('a transaction', () => {
  it('is kept whole, and gives back what its work gave', async () => {
    const given = await database.transaction(async (tx) => {
      await add(tx, 1);
      return add(tx, 2);
    });
    expect([given, await counters()]).toEqual([1, [1, 1]]);
  });

  /** Both wait here for each other on their first try; whoever comes again goes on at once. */
  const meetingPoint = () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return async () => {
      if (++tries === 2) open();
      await opened;
    };
  };

  it('is begun again after a deadlock, and nothing of the lost try stays', async () => {
    const meet = meetingPoint();
    const crossing = async (first: number, second: number) =>
      database.transaction(async (tx) => {
        await add(tx, first);
        await meet();
        await add(tx, second);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    // On a busy machine both find the deadlock at the same moment, and both begin again.
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(await counters()).toEqual([2, 2]);
  });

  it('is begun again when somebody else inserted the same row at the same moment', async () => {
    const meet = meetingPoint();
    const insertOnce = async () =>
      database.transaction(async (tx) => {
        const known = await tx.query(`select from counter where id = 3`);
        await meet();
        return known.length > 0 ? 0 : tx.execute(`insert into counter values (3, 0)`);
      });
    const inserted = await Promise.all([insertOnce(), insertOnce()]);
    expect([tries, inserted.toSorted()]).toEqual([3, [0, 1]]);
  });

  it.each(['40001', '40P01', '23505'])('is given up after five tries that end in %s', async (state) => {
    const failing = database.transaction(async (tx) => {
      tries++;
      await add(tx, 1);
      await fail(tx, state);
    });
    const error: unknown = await failing.catch((thrown: unknown) => thrown);
    expect([sqlState(error), tries]).toEqual([state, 5]);
    expect(await counters()).toEqual([0, 0]);
  });

  it.each(['40001', '40P01', '23505'])(
    'is kept when the fifth try ends well after four of %s',
    async (state) => {
      await database.transaction(async (tx) => {
        await add(tx, 1);
        if (++tries < 5) await fail(tx, state);
      });
      expect([tries, await counters()]).toEqual([5, [1, 0]]);
    },
  );

  it.each(['22012', '23503', '23514', '57014'])('is not tried again after %s', async (state) => {
    const failing = database.transaction(async (tx) => {
      tries++;
      await add(tx, 1);
      await fail(tx, state);
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: state } });
    expect([tries, await counters()]).toEqual([1, [0, 0]]);
  });

  it('is undone, and not tried again, when its work throws', async () => {
    const refusal = new Error('refused');
    const failing = database.transaction(async (tx) => {
      tries++;
      await add(tx, 1);
      throw refusal;
    });
    await expect(failing).rejects.toBe(refusal);
    expect([tries, await counters()]).toEqual([1, [0, 0]]);
  });

  it('gives its connection back, however it ended', async () => {
    for (let n = 0; n < 5; n++) {
      await database.transaction(async (tx) => fail(tx, '22012')).catch(() => undefined);
      await database.transaction(async (tx) => add(tx, 1));
    }
    expect(await counters()).toEqual([5, 0]);
  });
});

it('reads a day as that day, and cuts days out of instants in UTC', async () => {
  const [row] = await database.query(
    `select date '2026-03-24' as day, timestamptz '2026-03-24T23:30:00Z'::date as "cut"`,
  );
  expect(row).toEqual({ day: '2026-03-24', cut: '2026-03-24' });
});

it('gives up on a connection that does not come about', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const connecting = Database.connect(`postgres://127.0.0.1:${port}/any?connect_timeout=0.2`);
  await expect(connecting).rejects.toThrow('timeout');
  silent.close();
});

it.each([
  ['', 10_000],
  ['?connect_timeout=3', 3_000],
  ['?connect_timeout=0', 0],
  ['?connect_timeout=soon', 10_000],
])('lets a connection take as long as %s says', (query, ms) => {
  expect(connectTimeoutMs(`postgres://127.0.0.1/any${query}`)).toBe(ms);
});

describe('isConnectionLost', () => {
  const failure = async (work: Promise<unknown>) => work.catch((error: unknown) => error);

  it('is so of a connection that ended, idled in a transaction, or never came about', async () => {
    const ended = await failure(database.query(`select pg_terminate_backend(pg_backend_pid())`));
    const idled = await failure(
      database.transaction(async (tx) => {
        await tx.execute(`set local idle_in_transaction_session_timeout = 20`);
        await delay(200);
        await tx.query('select');
      }),
    );
    const gone = await Database.connect(testDatabase.url);
    await gone.source.destroy();
    const never = await failure(gone.query('select'));
    expect([ended, idled, never].map(isConnectionLost)).toEqual([true, true, true]);
  });

  it('is not so of what the database refused, nor of a bug', async () => {
    const refused = await failure(database.query(`select 1 / 0`));
    expect([refused, new TypeError('a bug')].map(isConnectionLost)).toEqual([false, false]);
  });
});
