import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoverageFanOut } from '../../src/coverage/coverage-fan-out.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { checkedEvent, lookForLost, passDays, unreachableEvent } from '../support/checks.js';
import { CoverageSteps } from '../support/coverage-steps.js';
import { provisionEvent } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let steps: CoverageSteps;
beforeEach(async () => {
  app = await startApp();
  account = await app.createAccount();
  steps = new CoverageSteps(app);
});
afterEach(async () => app.stop());

describe('a followed document', () => {
  it('that was not checked for the days of the setting is told as lost once, and once when it is back', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.check();
    const checkedAt = app.clock.now().toISOString();
    passDays(app, 13.9);
    await steps.look();
    expect(await steps.told(account)).toEqual([]);
    passDays(app, 0.2);
    for (let time = 0; time < 3; time++) await steps.look();
    expect(await steps.told(account)).toMatchObject([
      {
        state: 'due',
        lane: 'email',
        about: 'lost',
        cause: 'unverified',
        entity: { id: 'acme', name: 'Acme' },
        document: { id: 'acme-terms', title: 'Terms of acme', url: null },
        lastVerified: checkedAt,
        since: checkedAt,
        detail: null,
        url: `${app.url}/documents/acme-terms`,
      },
    ]);
    passDays(app, 20);
    await steps.look();
    expect(await steps.told(account)).toHaveLength(1);
    await steps.check();
    for (let time = 0; time < 3; time++) await steps.look();
    expect((await steps.told(account))[1]).toMatchObject({
      about: 'back',
      cause: 'unverified',
      lastVerified: app.clock.now().toISOString(),
      since: checkedAt,
    });
    passDays(app, 15);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified', 'back unverified', 'lost unverified']);
  });

  it('that is unreachable for the days of the setting is told as lost, with what the archive says last', async () => {
    await watch(app, account, [['entity', 'acme']]);
    await steps.check(1);
    await steps.post(unreachableEvent({ time: app.clock.now(), data: { detail: 'HTTP 403' } }));
    const since = app.clock.now().toISOString();
    passDays(app, 2.9);
    await steps.post(unreachableEvent({ time: app.clock.now(), data: { detail: 'HTTP 404' } }));
    await steps.look();
    expect(await steps.told(account)).toEqual([]);
    passDays(app, 0.2);
    await steps.look();
    expect(await steps.told(account)).toMatchObject([
      {
        about: 'lost',
        cause: 'unreachable',
        since,
        detail: 'HTTP 404',
        lastVerified: steps.daysAgo(4.1).toISOString(),
      },
    ]);
    await steps.check();
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unreachable', 'back unreachable']);
  });

  it('that never had an event of a check is not missed: its archive sends none', async () => {
    await watch(app, account, [['everything', '*']]);
    await steps.post(provisionEvent({ time: app.clock.now().toISOString() }));
    passDays(app, 400);
    await steps.look();
    expect(await steps.told(account)).toEqual([]);
    await steps.check(399);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified']);
  });

  it('is back by a change too', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.check();
    passDays(app, 15);
    await steps.look();
    await steps.post(provisionEvent({ time: app.clock.now().toISOString() }));
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified', 'back unverified']);
  });

  it('is not back by a check that is itself too old, until a newer one comes', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.check();
    passDays(app, 20);
    await steps.look();
    await steps.check(15);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified']);
    await steps.check(13);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified', 'back unverified']);
  });

  it('is not back because nobody looks for the lost any more', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.check();
    passDays(app, 15);
    await steps.look();
    // As it would be with a higher limit.
    await app.database.execute(`update document set last_verified_at = $1, lost_verified_at = $1`, [
      steps.daysAgo(1),
    ]);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified']);
  });

  it('stays one loss when it goes from unchecked to unreachable', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.check();
    passDays(app, 15);
    await steps.look();
    await steps.post(unreachableEvent({ time: app.clock.now() }));
    passDays(app, 5);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified']);
  });
});

describe('the settings', () => {
  it('switch each kind of loss off by 0', async () => {
    const off = await startApp({ COVERAGE_UNVERIFIED_DAYS: '0', COVERAGE_UNREACHABLE_DAYS: '0' });
    try {
      const follower = await off.createAccount();
      await watch(off, follower, [['everything', '*']]);
      await off.postEvents([
        checkedEvent({ time: off.clock.now() }),
        unreachableEvent({ document: 'gone', time: off.clock.now() }),
      ]);
      passDays(off, 1_000);
      await lookForLost(off);
      await off.app.get(CoverageFanOut).run(new AbortController().signal);
      expect(await deliveriesOf(off, follower)).toEqual([]);
    } finally {
      await off.stop();
    }
  });

  it('recorded silently, a check does not begin to miss a document', async () => {
    await watch(app, account, [['everything', '*']]);
    await app.app.get(Intake).take([checkedEvent({ time: steps.daysAgo(90) }) as never], { silent: true });
    await steps.look();
    expect(await steps.told(account)).toEqual([]);
    await steps.check(20);
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified']);
  });
});
