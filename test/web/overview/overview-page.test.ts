import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { unreachableEvent } from '../../support/checks.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';
import { alertsOf, watch } from '../../support/watching.js';
import { daysBefore, followerOfAcme, moveAcme } from './overview-scene.js';

describe('the overview', () => {
  let app: TestApp;
  let reader: TestAccount;
  let stranger: TestAccount;
  beforeAll(async () => {
    app = await startApp();
    reader = await followerOfAcme(app);
    stranger = await app.createAccount();
    await moveAcme(app);
    await app.work();
  });
  afterAll(async () => app.stop());

  const textOf = async (account: TestAccount, path = '/overview') => {
    const { status, text } = await (await visitor(app, account)).get(path);
    expect(status).toBe(200);
    return text
      .replace(/<title>.*?<\/title>/gs, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&amp;/g, '&')
      .replace(/\s+/g, ' ');
  };

  it('is for members alone', async () => {
    for (const path of ['/overview', '/coverage']) {
      const { status, location } = await (await visitor(app)).get(path);
      expect([status, location?.startsWith('/sign-in')]).toEqual([303, true]);
    }
  });

  it('says what waits, the gravest first, and no more once it is acknowledged', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'kind']]);
    const one = { entity: 'kind', time: daysBefore(app, 1) };
    await app.postEvents([
      provisionEvent({ ...one, provision: 'grave', before: side('low'), after: side('high') }),
      provisionEvent({ ...one, provision: 'light', before: null, after: side('low') }),
    ]);
    await app.work();
    const before = await textOf(account);
    expect(before).toContain('2 alerts wait for you');
    expect(before.indexOf('Provision grave')).toBeLessThan(before.indexOf('Provision light'));
    for (const { alert } of await alertsOf(app, account)) {
      await app.call('POST', `/v1/alerts/${alert.id}/acknowledge`, { token: account.token });
    }
    const after = await textOf(account);
    expect(after).toContain('Nothing waits for you');
    expect(after).not.toContain('Provision grave');
  });

  it('makes silence trustworthy by what was seen, and names what was not', async () => {
    expect(await textOf(reader)).toContain('1 document followed , 1 verified in the last day');
    const lost = await app.createAccount();
    await watch(app, lost, [['document', 'gone-terms']]);
    await app.postEvents([
      provisionEvent({ entity: 'gone', time: daysBefore(app, 20) }),
      unreachableEvent({ entity: 'gone', time: daysBefore(app, 2), data: { detail: 'HTTP 404' } }),
    ]);
    expect(await textOf(lost)).toContain('1 out of sight');
    expect(await textOf(lost, '/coverage')).toContain('HTTP 404');
  });

  it('shows exposure and changes with the figures behind them', async () => {
    const text = await textOf(reader);
    expect(text).toContain('9 now');
    expect(text).toContain('now 9, up from 0 half a year ago');
    expect(text).toContain('High : 1'.replace(' :', ':'));
    expect(text).toContain('Exposure at the end of each week');
  });

  it('offers three steps instead of empty charts to whoever follows nothing', async () => {
    const text = await textOf(stranger);
    expect(text).toContain('Three steps, and the fine print is watched');
    expect(text).toContain('Changed most in half a year Acme');
    expect(text).not.toContain('Exposure of what you follow');
  });

  it('shows a member nothing of what others follow', async () => {
    const text = await textOf(stranger);
    expect(text).not.toContain('acme-terms');
    expect(text).not.toContain('wait for you');
    expect(await textOf(stranger, '/coverage')).toContain('You follow no documents yet');
  });

  it('tells what takes effect soon, when digests come, and what needs a hand', async () => {
    const account = await app.createAccount();
    const soon = daysBefore(app, -10).slice(0, 10);
    await watch(app, account, [['category', 'payments']], {
      name: 'Mornings',
      cadence: { mode: 'daily', at: '08:00' },
    });
    const [own] = (await app.call('GET', '/v1/destinations', { token: account.token })).body.items;
    await app.call('PATCH', `/v1/destinations/${own.id}`, {
      token: account.token,
      body: { status: 'paused' },
    });
    await app.postEvents([
      provisionEvent({
        entity: 'soon',
        categories: ['payments'],
        effectiveAt: soon,
        time: daysBefore(app, 0),
      }),
    ]);
    const text = await textOf(account);
    expect(text).toContain('Takes effect soon');
    expect(text).toContain('Daily digest of Mornings');
    expect(text).toContain(`${account.email} is paused`);
    expect(text).toContain('You follow kinds of clauses across the archive');
    expect(await textOf(stranger)).not.toContain('Takes effect soon');
  });

  it('counts what was not told, by reason', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'quiet']], { rule: { minSeverity: 'high' } });
    await app.postEvents([provisionEvent({ entity: 'quiet', after: side('low'), time: daysBefore(app, 0) })]);
    await app.work();
    const text = await textOf(account);
    expect(text).toContain('1 change was not told');
    expect(text).toContain('Its severity is below the least that the rule asks for.');
  });

  it('says when little of a plan is left', async () => {
    const account = await app.createAccount({ tier: 'free' });
    await watch(app, account, [
      ['entity', 'a'],
      ['entity', 'b'],
      ['entity', 'c'],
    ]);
    expect(await textOf(account)).toContain('3 of 3 follows of the free tier');
    expect(await textOf(reader)).not.toContain('Your plan');
  });
});
