import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src/domain/ids.js';
import { TrendsService } from '../../src/overview/trends.service.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { watch } from '../support/watching.js';
import { daysBefore } from '../web/overview/overview-scene.js';

describe('the weeks of what an account follows', async () => {
  const app: TestApp = await startApp();
  let made = 0;
  let entity: string;
  let follower: TestAccount;
  beforeEach(async () => {
    entity = `entity-${++made}`;
    follower = await app.createAccount();
    await watch(app, follower, [
      ['entity', entity],
      ['document', `${entity}-terms`],
    ]);
  });
  afterAll(async () => app.stop());

  const weeks = async (account: TestAccount) => app.app.get(TrendsService).weeks(account.id as AccountId);
  const exposures = async (account: TestAccount) =>
    (await weeks(account)).map(({ exposure }) => exposure).filter((one, at, all) => one !== all[at - 1]);
  const sums = async (account: TestAccount) => {
    const all = await weeks(account);
    return (['low', 'medium', 'high'] as const).map((name) => all.reduce((sum, week) => sum + week[name], 0));
  };
  const event = (
    days: number,
    before: ReturnType<typeof side> | null,
    after: ReturnType<typeof side> | null,
  ) => provisionEvent({ entity, time: daysBefore(app, days), before, after: after as never });

  it('are half a year, ending with the one that is under way', async () => {
    const all = await weeks(follower);
    expect(all).toHaveLength(26);
    expect(all.every(({ week }) => new Date(week).getUTCDay() === 1)).toBe(true);
    expect(app.clock.now().getTime() - Date.parse(all.at(-1)!.week)).toBeLessThan(7 * 86_400_000);
  });

  it('count a document once, however it is followed', async () => {
    await app.postEvents([
      event(100, null, side('medium')),
      event(50, side('medium'), side('high', 'Other.')),
    ]);
    expect(await exposures(follower)).toEqual([0, 3, 9]);
    expect(await sums(follower)).toEqual([0, 1, 1]);
  });

  it('leave out changes of form', async () => {
    await app.postEvents([
      event(60, null, side('low', 'Words.')),
      event(50, side('low', 'Words.'), side('low', 'WORDS')),
    ]);
    expect(await sums(follower)).toEqual([1, 0, 0]);
  });

  it('put a change that comes late into its week without moving exposure', async () => {
    await app.postEvents([event(20, null, side('low')), event(90, null, side('high'))]);
    expect(await exposures(follower)).toEqual([0, 1]);
    expect(await sums(follower)).toEqual([1, 0, 1]);
  });

  it('forget what the archive took back', async () => {
    const told = event(30, side('low'), side('high'));
    await app.postEvents([event(100, null, side('low')), told]);
    expect(await exposures(follower)).toEqual([0, 1, 9]);
    await app.postEvents([
      {
        specversion: '1.0',
        type: 'provision.retracted.v1',
        source: told.source,
        id: `${told.id}-retracted`,
        time: daysBefore(app, 1),
        subject: told.subject,
        data: { retracts: { id: told.id } },
      },
    ]);
    expect(await exposures(follower)).toEqual([0, 1]);
    expect(await sums(follower)).toEqual([1, 0, 0]);
  });

  it('follow a correction', async () => {
    const told = event(30, side('low'), side('high'));
    await app.postEvents([event(100, null, side('low')), told]);
    const data = { ...told.data, after: side('medium', 'Not so grave.'), correction: 1 };
    await app.postEvents([{ ...told, data }]);
    expect(await exposures(follower)).toEqual([0, 1, 3]);
    expect(await sums(follower)).toEqual([1, 1, 0]);
  });

  it('count a single clause for itself, and only where its document is not followed', async () => {
    const other = await app.createAccount();
    await watch(app, other, [['provision', `${entity}-terms-1`]]);
    await app.postEvents([
      event(100, null, side('high')),
      provisionEvent({
        entity,
        provision: `${entity}-2`,
        time: daysBefore(app, 40),
        before: null,
        after: side('low'),
      }),
    ]);
    expect(await exposures(other)).toEqual([0, 9]);
    expect(await sums(other)).toEqual([0, 0, 1]);
    await watch(app, other, [['document', `${entity}-terms`]]);
    expect(await exposures(other)).toEqual([0, 9, 10]);
  });

  it('hold all of the archive for whoever follows everything', async () => {
    const all = await app.createAccount();
    await watch(app, all, [
      ['everything', '*'],
      ['entity', entity],
    ]);
    const [row] = await app.database.query<{ sum: number }>(
      'select sum(exposure)::integer as sum from document',
    );
    expect((await weeks(all)).at(-1)?.exposure).toBe(row?.sum);
  });
});
