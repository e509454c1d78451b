import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeliveryWorkers } from '../../src/deliveries/delivery-workers.js';
import { ChangeService } from '../../src/changes/change.service.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { FanOut } from '../../src/alerts/fan-out.js';
import { ProvisionEvent } from '../../src/domain/provision-event.js';
import { readEventLine } from '../../src/intake/cloud-events.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestApp } from '../support/app.js';
import { makeReaders, type Reader } from './replay-readers.js';
import { replayTables } from './replay-report.js';
import { isWhole } from './size.js';
import { printTable } from './table.js';

/** A real feed, which the project does not hold. `REPLAY_FEED` names another one. */
const feed = process.env['REPLAY_FEED'] ?? '../shared/data/provision-changes.ndjson';
const readers = Number(process.env['REPLAY_READERS'] ?? 200);
/** What is due and can't be done yet is tried again after this, as a tick would. */
const leastStepS = 60;

let app: TestApp;
beforeAll(async () => {
  if (isThere && isWhole) app = await startApp({ ALERTS_PER_MINUTE: '1000000' });
});
afterAll(async () => app?.stop());

const isThere = existsSync(feed);
it('a real feed, replayed by its own times, reaches made-up readers of every cadence', async ({ skip }) => {
  if (!isWhole) return skip('the replay of a real feed is part of the whole forms');
  if (!isThere) return skip(`there is no feed at ${feed}, and REPLAY_FEED names no other`);
  const events = (await readFile(feed, 'utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ProvisionEvent.parse(readEventLine(line)))
    .toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time));
  const some = await makeReaders(app, events, readers);
  const [first, last] = [events[0], events.at(-1)].map((event) => Date.parse(event?.time ?? ''));
  // The clock goes forward alone, and begins now: the feed is moved behind that, as a whole.
  const shiftMs = app.clock.now().getTime() + 60_000 - (first ?? 0);
  await replay(events.map((event) => shifted(event, shiftMs)));
  // A week more: the last digests, and what settles late.
  await passTime(8 * 86_400);
  const weeks = ((last ?? 0) - (first ?? 0)) / (7 * 86_400_000);
  await report(some, weeks, events.length);
  const [total] = await app.database.query<{ count: number }>(
    'select count(*)::integer as count from change',
  );
  expect(total?.count).toBe(events.length);
}, 3_600_000);

async function report(some: readonly Reader[], weeks: number, taken: number): Promise<void> {
  const { told, changes, reverts } = await replayTables(app.database, some, weeks);
  const title = `${taken} real changes over ${weeks.toFixed(1)} weeks, ${some.length} readers`;
  printTable(`${title}: sent to a reader in a week, by cadence`, told);
  printTable('What became of the changes', changes);
  printTable('What went back', reverts);
}

/** Events of one moment are taken in as one batch, as an archive that looked at a document sends them. */
async function replay(events: readonly ProvisionEvent[]): Promise<void> {
  for (let from = 0; from < events.length;) {
    const time = events[from]?.time ?? '';
    const until = events.findIndex((event, n) => n > from && event.time !== time);
    const batch = events.slice(from, until < 0 ? events.length : until);
    await passTime((Date.parse(time) - app.clock.now().getTime()) / 1_000);
    await app.app.get(Intake).take(batch, { silent: false });
    await workDue();
    from += batch.length;
  }
}

/** Lets time go by, from one thing that falls due to the next. */
async function passTime(seconds: number): Promise<void> {
  const until = app.clock.now().getTime() + seconds * 1_000;
  for (;;) {
    const left = (until - app.clock.now().getTime()) / 1_000;
    if (left <= 0) return;
    const dueIn = ((await nextDue()) - app.clock.now().getTime()) / 1_000;
    app.clock.advance(Math.min(left, Math.max(dueIn, leastStepS)));
    await workDue();
  }
}

/** When a revision settles or a delivery goes out next, in milliseconds since 1970; never, as far as is known now. */
async function nextDue(): Promise<number> {
  const [row] = await app.database.query<{ at: Date | null }>(
    `select least((select min(settle_at) from revision where settled_at is null), (select min(due_at) from parcel)) as at`,
  );
  return row?.at?.getTime() ?? Infinity;
}

/** What a running service does by itself, until nothing is due. */
async function workDue(): Promise<void> {
  await app.app.get(ChangeService).settleQuiet();
  await app.app.get(FanOut).run(new AbortController().signal);
  const workers = app.app.get(DeliveryWorkers);
  for (const channel of app.app.get(ChannelRegistry).all) {
    const worker = workers.worker(channel);
    await worker.run(new AbortController().signal);
    await worker.drain();
  }
}

function shifted(event: ProvisionEvent, ms: number): ProvisionEvent {
  return { ...event, time: new Date(Date.parse(event.time) + ms).toISOString() };
}
