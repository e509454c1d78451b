import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fanOutRange, planNext, takeRange, type FanOutRange } from '../../src/alerts/fan-out.store.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { alertsOf, deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

describe('matching', () => {
  it.each([
    ['entity', 'kinds'],
    ['document', 'kinds-terms'],
    ['provision', 'kinds-terms-1'],
    ['clause-type', 'kind-clause'],
    ['category', 'kind-category'],
    ['agency', 'FTC'],
    ['everything', '*'],
  ])('finds who follows a change by %s, and nobody else', async (kind, key) => {
    const [account, other] = [await app.createAccount(), await app.createAccount()];
    await watch(app, account, [[kind, key]]);
    if (kind !== 'everything') await watch(app, other, [[kind, `${key.toLowerCase()}-other`]]);
    await app.postEvents([
      provisionEvent({
        entity: 'kinds',
        clauseType: 'kind-clause',
        categories: ['x', 'kind-category'],
        analysis: { agencies: [{ code: 'FTC' }] },
        after: side('high', `wording for ${kind}`),
      }),
    ]);
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(1);
    expect(await alertsOf(app, other)).toHaveLength(0);
  });

  const rules: [string, Record<string, unknown>, Parameters<typeof provisionEvent>[0], boolean][] = [
    [
      'minSeverity compares the higher side',
      { minSeverity: 'high' },
      { before: side('high'), after: side('low') },
      true,
    ],
    [
      'minSeverity leaves lower ones out',
      { minSeverity: 'high' },
      { before: side('low'), after: side('medium') },
      false,
    ],
    ['rises only', { direction: 'rises' }, { before: side('high'), after: side('low') }, false],
    ['rises', { direction: 'rises' }, { before: side('low'), after: side('high') }, true],
    ['falls', { direction: 'falls' }, { before: side('high'), after: null }, true],
    ['falls only', { direction: 'falls' }, { before: null, after: side('low') }, false],
    ['minChange counts either way', { minChange: 2 }, { before: side('high'), after: side('low') }, true],
    [
      'minChange leaves smaller ones out',
      { minChange: 2 },
      { before: side('medium'), after: side('high') },
      false,
    ],
    ['kinds', { kinds: ['withdrawn'] }, { before: side('low'), after: null }, true],
    ['other kinds', { kinds: ['withdrawn'] }, { before: side('low'), after: side('high') }, false],
    [
      'cosmetic not by default',
      {},
      { before: side('low', 'Same words.'), after: side('low', 'SAME words') },
      false,
    ],
    [
      'cosmetic when asked for',
      { kinds: ['cosmetic'] },
      { before: side('low', 'Same words.'), after: side('low', 'SAME words') },
      true,
    ],
    [
      'a keyword that was added',
      { keywords: 'arbitration' },
      { before: side('low', 'Courts decide.'), after: side('low', 'Arbitration decides.') },
      true,
    ],
    [
      'a keyword that was removed',
      { keywords: 'courts' },
      { before: side('low', 'Courts decide.'), after: side('low', 'Arbitrators decide.') },
      true,
    ],
    [
      'a keyword in words that stayed',
      { keywords: 'decide' },
      { before: side('low', 'Courts decide.'), after: side('low', 'Arbitrators decide.') },
      false,
    ],
    [
      'a keyword whose case alone changed',
      { keywords: 'courts' },
      { before: side('low', 'Courts decide.'), after: side('low', 'courts rule.') },
      false,
    ],
    [
      'a phrase',
      { keywords: '"class action" -trial' },
      {
        before: side('low', 'You may sue.'),
        after: side('low', 'You waive any class action and may not sue.'),
      },
      true,
    ],
    [
      'a phrase across two changed runs',
      { keywords: '"class action"' },
      { before: side('low', 'one and two'), after: side('low', 'class and action') },
      false,
    ],
    [
      'an excluded word',
      { keywords: '"class action" -trial' },
      { before: side('low', 'x'), after: side('low', 'No class action, no trial.') },
      false,
    ],
    [
      'another form of a word',
      { keywords: 'arbitrate' },
      { before: side('low', 'x'), after: side('low', 'All disputes are arbitrated.') },
      true,
    ],
    [
      'little words that clauses turn on',
      { keywords: 'not' },
      { before: side('low', 'We will sell it.'), after: side('low', 'We will not sell it.') },
      true,
    ],
    [
      'hyphenated words',
      { keywords: 'third-party' },
      { before: side('low', 'x'), after: side('low', 'Shared with third-party vendors.') },
      true,
    ],
  ];
  it.each(rules)('honours the rule: %s', async (name, rule, change, wanted) => {
    const account = await app.createAccount();
    const entity = `rule-${rules.findIndex(([one]) => one === name)}`;
    await watch(app, account, [['entity', entity]], { rule });
    await app.postEvents([provisionEvent({ entity, ...change })]);
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(wanted ? 1 : 0);
  });

  it('alerts nobody of late changes', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'latecomer']]);
    await app.postEvents([
      provisionEvent({ entity: 'latecomer', time: '2026-05-01T00:00:00Z', after: side('low') }),
      provisionEvent({ entity: 'latecomer', time: '2026-04-01T00:00:00Z', after: side('high') }),
    ]);
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(1);
  });
});

describe('fan-out', () => {
  it('makes one alert of a revision, gravest change first, with every watchlist that matched', async () => {
    const account = await app.createAccount();
    const lists = [
      await watch(app, account, [['entity', 'bundle']]),
      await watch(app, account, [['category', 'liability']], { rule: { direction: 'rises' } }),
    ];
    const revision = { id: 'bundle-1', size: 3 };
    const of = (n: number, before: 'low' | 'high', after: 'low' | 'medium' | 'high') =>
      provisionEvent({
        entity: 'bundle',
        provision: `bundle-${n}`,
        revision,
        before: side(before, `old ${n}`),
        after: side(after, `new ${n}`),
      });
    await app.postEvents([of(1, 'low', 'low'), of(2, 'low', 'high')]);
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(0);
    await app.postEvents([of(3, 'high', 'medium')]);
    await app.work();
    const [alert, ...more] = await alertsOf(app, account);
    expect(more).toEqual([]);
    expect(alert.changes.map((change: { provision: { id: string } }) => change.provision.id)).toEqual([
      'bundle-2',
      'bundle-3',
      'bundle-1',
    ]);
    expect(alert.alert.watchlists.map((one: { id: string }) => one.id)).toEqual(lists);
    expect(alert.document.exposure).toEqual({ before: 11, after: 13 });
  });

  it('gives a destination the alert once, however many watchlists lead there', async () => {
    const account = await app.createAccount();
    for (let n = 0; n < 5; n++)
      await watch(app, account, [
        ['entity', 'many'],
        ['everything', '*'],
      ]);
    await app.postEvents([provisionEvent({ entity: 'many' })]);
    await app.work();
    await app.work();
    expect(await deliveriesOf(app, account)).toHaveLength(1);
    expect(await mailTo(app, account.email)).toHaveLength(1);
  });

  it('makes a follow-up of a straggler, and says so', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'straggler']]);
    const of = (n: number) =>
      provisionEvent({ entity: 'straggler', provision: `straggler-${n}`, revision: { id: 's', size: 1 } });
    await app.postEvents([of(1)]);
    await app.work();
    await app.postEvents([of(2)]);
    await app.work();
    const alerts = await alertsOf(app, account);
    expect(alerts.map((one: { alert: { followUp: boolean } }) => one.alert.followUp)).toEqual([true, false]);
    expect((await mailTo(app, account.email)).at(-1)?.text.toLowerCase()).toContain('follow-up');
  });

  it('resumes at the range that was not committed, and repeats without making anything twice', async () => {
    const accounts = await Promise.all(Array.from({ length: 7 }, async () => app.createAccount()));
    for (const account of accounts) await watch(app, account, [['entity', 'ranged']]);
    await app.postEvents([provisionEvent({ entity: 'ranged' })]);
    const [revision] = await app.database.query<{ id: string }>(
      `select id from revision where entity_id = 'ranged'`,
    );
    const now = app.clock.now();
    await app.database.transaction(async (tx) => planNext(tx, 3, now));
    const ranges = await app.database.query<FanOutRange>(
      `select revision_id as "revisionId", number, from_account as "fromAccount", until_account as "untilAccount",
         true as "isBulk"
       from fan_out_range where revision_id = $1 order by number`,
      [revision?.id],
    );
    // Besides the seven, somebody follows everything.
    expect(ranges.length).toBeGreaterThanOrEqual(3);
    const terms = {
      instantTiers: ['watcher'],
      everyChannelTiers: ['watcher'],
      alertsAMinute: 1_000,
      summedUpLanes: [],
    };
    await app.database
      .transaction(async (tx) => {
        const range = await takeRange(tx);
        if (range) await fanOutRange(tx, range, now, terms);
        throw new Error('killed before the commit');
      })
      .catch(() => undefined);
    await app.work();
    const [first] = ranges;
    await app.database.transaction(async (tx) => fanOutRange(tx, first!, now, terms));
    for (const account of accounts) expect(await alertsOf(app, account)).toHaveLength(1);
    const [count] = await app.database.query<{ count: number }>(
      `select count(*)::integer as count from delivery d join alert a on a.id = d.alert_id where a.revision_id = $1 and a.account_id = any($2)`,
      [revision?.id, accounts.map((account) => account.id)],
    );
    expect(count?.count).toBe(7);
  });

  it('locks what the tier does not hold, and names it', async () => {
    const analysis = {
      summary: 'Why',
      complianceMemo: 'Memo',
      regulatoryCitations: [{ citation: '18 U.S.C. § 1030' }],
    };
    const [watcher, professional] = [
      await app.createAccount(),
      await app.createAccount({ tier: 'professional' }),
    ];
    for (const account of [watcher, professional]) await watch(app, account, [['entity', 'tiered']]);
    await app.postEvents([provisionEvent({ entity: 'tiered', analysis })]);
    await app.work();
    const [locked] = await alertsOf(app, watcher);
    expect(locked.changes[0]).toMatchObject({ locked: ['complianceMemo'] });
    expect(locked.changes[0].analysis).not.toHaveProperty('complianceMemo');
    expect((await alertsOf(app, professional))[0].changes[0]).toMatchObject({ locked: [], analysis });
    const [mail] = await mailTo(app, watcher.email);
    expect(mail?.html).not.toContain('Memo</');
    expect(mail?.text).toContain('18 U.S.C. § 1030');
  });
});
