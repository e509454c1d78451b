import fc from 'fast-check';
import type { Cadence } from '../../src/domain/cadence.js';
import type { ProvisionEvent } from '../../src/domain/provision-event.js';
import type { TestAccount, TestApp } from '../support/app.js';
import { watch } from '../support/watching.js';

/** The same readers each time. */
const seed = 20_260_324;

/** Somebody made up, with one watchlist. */
export type Reader = { account: TestAccount; cadence: Cadence };

const cadences: readonly Cadence[] = [
  { mode: 'instant' },
  { mode: 'hourly' },
  { mode: 'daily', at: '08:00' },
  { mode: 'weekly', on: 'monday', at: '08:00' },
];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
const rules = [
  {},
  {},
  {},
  { minSeverity: 'medium' },
  { minSeverity: 'high' },
  { direction: 'rises' },
  { kinds: ['introduced', 'escalated'] },
  { keywords: 'data or personal' },
  { minSeverity: 'high', direction: 'rises' },
];

/** Makes readers of every cadence in turn, who follow what the feed tells of. @param count how many */
export async function makeReaders(
  app: TestApp,
  events: readonly ProvisionEvent[],
  count: number,
): Promise<Reader[]> {
  const subject = fc.oneof(
    ...[
      events.map(({ data }) => ['entity', data.entity.id] as const),
      events.map(({ data }) => ['document', data.document.id] as const),
      events.map(({ data }) => ['clause-type', data.provision.clauseType] as const),
      events.flatMap(({ data }) => data.provision.categories.map((slug) => ['category', slug] as const)),
      [['everything', '*'] as const],
    ].map((some) => fc.constantFrom(...new Map(some.map((one) => [one.join(':'), one])).values())),
  );
  const wishes = fc.sample(
    fc.record({
      follows: fc.array(subject, { minLength: 1, maxLength: 6 }),
      rule: fc.constantFrom(...rules),
      timeZone: fc.constantFrom(...zones),
    }),
    { numRuns: count, seed },
  );
  const readers: Reader[] = [];
  for (const [n, { follows, rule, timeZone }] of wishes.entries()) {
    const cadence = cadences[n % cadences.length] ?? { mode: 'instant' };
    const account = await app.createAccount();
    await app.call('PATCH', '/v1/account', { token: account.token, body: { timeZone } });
    await watch(app, account, follows, { rule, cadence });
    readers.push({ account, cadence });
  }
  return readers;
}
