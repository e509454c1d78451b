import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../../src/domain/ids.js';
import { SightingsService } from '../../../src/coverage/sightings.service.js';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { checkedEvent, unreachableEvent } from '../../support/checks.js';
import { visitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';
import { daysBefore } from './overview-scene.js';

describe('coverage', () => {
  let app: TestApp;
  let some: TestAccount;
  let all: TestAccount;
  beforeAll(async () => {
    app = await startApp();
    [some, all] = [await app.createAccount(), await app.createAccount()];
    await watch(app, some, [
      ['entity', 'acme'],
      ['document', 'd-lost'],
    ]);
    await watch(app, all, [['everything', '*']]);
    const at = (days: number) => daysBefore(app, days);
    await app.postEvents([
      checkedEvent({ document: 'd-new', time: at(0.5) }),
      checkedEvent({ document: 'd-old', time: at(20) }),
      checkedEvent({ document: 'd-same', time: at(3) }),
      checkedEvent({ document: 'd-same-too', time: at(3) }),
      checkedEvent({ entity: 'other', document: 'd-lost', time: at(2) }),
      unreachableEvent({ entity: 'other', document: 'd-lost', time: at(1) }),
      checkedEvent({ entity: 'other', document: 'd-other', time: at(1) }),
    ]);
  });
  afterAll(async () => app.stop());

  async function walk(account: TestAccount, limit: number): Promise<string[]> {
    const sightings = app.app.get(SightingsService);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await sightings.oldest(account.id as AccountId, { limit, ...(cursor && { cursor }) });
      ids.push(...page.items.map(({ document }) => document.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return ids;
  }

  const followed = ['d-lost', 'd-old', 'd-same', 'd-same-too', 'd-new'];

  it('lists what is out of sight first, then what was seen the longest ago, page by page', async () => {
    for (const limit of [1, 2, 50]) expect(await walk(some, limit)).toEqual(followed);
  });

  it('lists every document to whoever follows everything', async () => {
    const everything = ['d-lost', 'd-old', 'd-same', 'd-same-too', 'd-other', 'd-new'];
    for (const limit of [1, 50]) expect(await walk(all, limit)).toEqual(everything);
  });

  it('counts them alike however they are followed', async () => {
    const { documents, seenToday, unreachable, unverified } = await app.app
      .get(SightingsService)
      .counts(some.id as AccountId);
    expect({ documents, seenToday, unreachable, unverified }).toEqual({
      documents: 5,
      seenToday: 1,
      unreachable: 1,
      unverified: 1,
    });
  });

  it('refuses a cursor of another list with a page', async () => {
    const member = await visitor(app, some);
    expect((await member.get('/coverage?cursor=abc')).status).toBe(422);
    expect((await member.get('/coverage')).text).toContain('Can you trust the silence?');
  });
});
