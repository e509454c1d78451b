import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tier } from '../../src/domain/tiers.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, watch } from '../support/watching.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const analysis = {
  summary: 'You answer for others.',
  regulatoryCitations: [{ citation: '18 U.S.C. § 1030', note: 'computer fraud' }],
  complianceMemo: 'Pass it through by contract.',
  agencies: [
    { code: 'FTC', name: 'Federal Trade Commission', complaintUrl: 'https://agency.example/complain' },
  ],
};

let entities = 0;

/** Has an account of the tier alerted of one revision with two changes. @returns the path of its alert */
async function alerted(tier: Tier): Promise<{ path: string; token: string; id: string }> {
  const entity = `entity-${++entities}`;
  const account = await app.createAccount({ tier: 'watcher' });
  await watch(app, account, [['entity', entity]], { name: `Mine & <only> of ${entity}` });
  if (tier !== 'watcher') {
    await app.call('PATCH', `/v1/accounts/${account.id}`, { token: app.operatorToken, body: { tier } });
  }
  const revision = { id: `revision-of-${entity}`, size: 2 };
  await app.postEvents([
    provisionEvent({
      entity,
      provision: `${entity}-a`,
      revision,
      before: side('low', 'Old.'),
      after: side('low', 'New.'),
    }),
    provisionEvent({
      entity,
      provision: `${entity}-b`,
      revision,
      before: side('low'),
      after: side('high'),
      analysis,
    }),
  ]);
  await app.work();
  const [alert] = await alertsOf(app, account);
  return { path: alert.alert.url.replace(app.url, ''), token: account.token, id: alert.alert.id };
}

it('shows all changes of the alert, gravest first, with its watchlists', async () => {
  const { path } = await alerted('professional');
  const { status, text, headers } = await app.call('GET', path);

  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('x-robots-tag')).toContain('noindex');
  expect(text).toContain('2 changes in');
  expect(text).toContain('Mine &amp; &lt;only');
  const titles = [...text.matchAll(/<h2 dir="auto"><a href="\/changes\/\d+">([^<]+)/g)].map(
    ([, title]) => title,
  );
  expect(titles).toEqual([expect.stringMatching(/-b$/), expect.stringMatching(/-a$/)]);
  expect(text).toContain('Acknowledged</dt><dd>not yet');
});

it('shows the analysis that the tier holds', async () => {
  const { path } = await alerted('professional');
  const { text } = await app.call('GET', path);

  expect(text).toContain(analysis.summary);
  expect(text).toContain('18 U.S.C. § 1030');
  expect(text).toContain(analysis.complianceMemo);
  expect(text).toContain('href="https://agency.example/complain"');
  expect(text).not.toContain('Locked:');
});

it('names what the tier does not hold, and shows none of it', async () => {
  const { path } = await alerted('free');
  const { text } = await app.call('GET', path);

  expect(text).toContain(analysis.summary);
  expect(text).toContain('Locked:</strong> regulatory citations, in the watcher tier');
  expect(text).toContain('Locked:</strong> compliance memo, in the professional tier');
  expect(text).not.toContain('18 U.S.C.');
  expect(text).not.toContain(analysis.complianceMemo);
});

it('says when the alert was acknowledged, and acknowledges nothing by being read', async () => {
  const { path, token, id } = await alerted('watcher');
  await app.call('GET', path);
  expect((await app.call('GET', path)).text).toContain('not yet');

  await app.call('POST', `/v1/alerts/${id}/acknowledge`, { token });
  expect((await app.call('GET', path)).text).toMatch(/Acknowledged<\/dt><dd><time/);
});

it('answers whoever has not the key like one who asks for an alert that is not there', async () => {
  const { path, id } = await alerted('watcher');
  const { path: other } = await alerted('watcher');
  const key = path.slice(path.indexOf('?key=') + 5);
  const unknown = await app.call('GET', `/alerts/999999?key=${key}`);

  expect(unknown.status).toBe(404);
  for (const wrong of [
    `/alerts/${id}?key=`,
    `/alerts/${id}?key=${key.slice(0, -1)}`,
    `/alerts/${id}?key=${key.startsWith('A') ? 'B' : 'A'}${key.slice(1)}`,
    `/alerts/${id}?key=${key}&key=${key}`,
    `/alerts/${id}${other.slice(other.indexOf('?'))}`,
    `/alerts/nonsense?key=${key}`,
  ]) {
    const { status, text } = await app.call('GET', wrong);
    expect({ wrong, status, text }).toEqual({ wrong, status: 404, text: unknown.text });
  }
});
