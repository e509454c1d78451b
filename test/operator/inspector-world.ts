import fc from 'fast-check';
import type { TestApp } from '../support/app.js';

const destination = fc.record({
  kind: fc.constantFrom('email', 'email', 'webhook', 'slack'),
  status: fc.constantFrom('active', 'active', 'active', 'pending', 'paused', 'disabled'),
});
const watchlist = fc.record({
  minRank: fc.integer({ min: 1, max: 3 }),
  direction: fc.constantFrom('any', 'any', 'rises', 'falls'),
  minChange: fc.constantFrom(0, 0, 1, 2),
  kinds: fc.constantFrom(
    ['introduced', 'withdrawn', 'escalated', 'eased', 'reworded'],
    ['escalated'],
    ['introduced', 'withdrawn', 'escalated', 'eased', 'reworded', 'cosmetic'],
  ),
  keywords: fc.constantFrom(null, null, null, 'severity', '"high severity"', 'arbitration'),
  cadence: fc.constantFrom(
    { mode: 'instant' },
    { mode: 'instant' },
    { mode: 'instant' },
    { mode: 'hourly' },
    { mode: 'daily', at: '08:00' },
    { mode: 'daily', at: '17:30' },
    { mode: 'weekly', on: 'monday', at: '08:00' },
    { mode: 'weekly', on: 'thursday', at: '21:00' },
  ),
  confirmAfter: fc.constantFrom(null, null, 1, 24),
  snoozed: fc.constantFrom(false, false, false, false, true),
  follows: fc.uniqueArray(
    fc.constantFrom(
      ['entity', 'acme'],
      ['entity', 'bolt'],
      ['document', 'acme-terms'],
      ['clause-type', 'arbitration'],
      ['category', 'liability'],
      ['everything', '*'],
    ),
    { minLength: 1, maxLength: 3, selector: String },
  ),
  destinations: fc.array(fc.nat(2), { maxLength: 3 }),
});
const account = fc.record({
  tier: fc.constantFrom('free', 'watcher', 'professional'),
  timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'),
  ownStatus: fc.constantFrom('active', 'active', 'active', 'paused'),
  destinations: fc.tuple(destination, destination),
  watchlists: fc.array(watchlist, { minLength: 1, maxLength: 4 }),
  mutes: fc.uniqueArray(fc.constantFrom('acme-terms-1', 'bolt-terms-2'), { maxLength: 1 }),
});

/** Accounts of all kinds, with whatever may hold an alert back. */
export async function populate(app: TestApp, accounts: number, seed: number): Promise<void> {
  for (const [n, one] of fc.sample(account, { numRuns: accounts, seed }).entries()) {
    const [row] = await app.database.query<{ id: string }>(
      `insert into account (email, tier, time_zone, created_at) values ($1, $2, $3, $4) returning id`,
      [`world${seed}-${n}@example.org`, one.tier, one.timeZone, app.clock.now()],
    );
    const id = row!.id;
    const own = { kind: 'email', status: one.ownStatus, address: `world${seed}-${n}@example.org` };
    const places = [
      own,
      ...one.destinations.map((place, at) => ({ ...place, address: `x${at}@example.org` })),
    ];
    const placeIds: string[] = [];
    for (const { kind, status, address } of places) {
      const [made] = await app.database.query<{ id: string }>(
        `insert into destination (account_id, kind, status, settings, created_at)
         values ($1, $2, $3, jsonb_build_object('address', $4::text), $5) returning id`,
        [id, kind, status, address, app.clock.now()],
      );
      placeIds.push(made!.id);
    }
    for (const list of one.watchlists) await addWatchlist(app, id, list, placeIds);
    for (const key of one.mutes) {
      await app.database.execute(
        `insert into mute (account_id, kind, key, since) values ($1, 'provision', $2, $3)`,
        [id, key, app.clock.now()],
      );
    }
  }
}

type Watchlist = typeof watchlist extends fc.Arbitrary<infer One> ? One : never;

async function addWatchlist(app: TestApp, accountId: string, list: Watchlist, placeIds: readonly string[]) {
  const now = app.clock.now();
  const until = new Date(now.getTime() + 30 * 86_400_000);
  const [made] = await app.database.query<{ id: string }>(
    `insert into watchlist (account_id, name, min_rank, direction, min_change, kinds, keywords, cadence, confirm_after,
       snoozed_from, snoozed_until, created_at, changed_at)
     values ($1, 'A list', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning id`,
    [
      accountId,
      list.minRank,
      list.direction,
      list.minChange,
      list.kinds,
      list.keywords,
      JSON.stringify(list.cadence),
      list.cadence.mode === 'instant' ? list.confirmAfter : null,
      list.snoozed ? now : null,
      list.snoozed ? until : null,
      now,
    ],
  );
  for (const [kind, key] of list.follows) {
    await app.database.execute(
      `insert into follow (watchlist_id, kind, key, account_id, since) values ($1, $2, $3, $4, $5)`,
      [made!.id, kind, key, accountId, now],
    );
  }
  for (const place of new Set(list.destinations)) {
    await app.database.execute(
      `insert into watchlist_destination (watchlist_id, destination_id) values ($1, $2)`,
      [made!.id, placeIds[place]],
    );
  }
}
