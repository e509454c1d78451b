import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
let account: TestAccount;
let reader: WebVisitor;
let strict: string;
let other: string;

beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount({ tier: 'professional' });
  const rule = { minSeverity: 'high', keywords: 'arbitration' };
  strict = await watch(app, account, [['entity', 'quiet']], { name: 'Strict <one>', rule });
  other = await watch(app, account, [['entity', 'loud']], { name: 'All' });
  await app.postEvents([
    provisionEvent({ entity: 'quiet', after: side('low') }),
    provisionEvent({ entity: 'loud', after: side('high') }),
  ]);
  await app.work();
  reader = await visitor(app, account);
});
afterAll(async () => app.stop());

it('shows what was not told with its reasons, by reason and by watchlist', async () => {
  const { text } = await reader.get('/suppressed');
  expect(text).toContain('Provision quiet-terms-1');
  expect(text).not.toContain('Provision loud-terms-1');
  expect(text).toContain('Its severity is below the least that the rule asks for.');
  expect(text).toContain('Strict &lt;one>');
  const has = async (query: string) =>
    (await reader.get(`/suppressed?${query}`)).text.includes('Provision quiet-terms-1');
  expect(await has('reason=severity')).toBe(true);
  expect(await has('reason=muted')).toBe(false);
  expect(await has(`watchlist=${strict}`)).toBe(true);
  expect(await has(`watchlist=${other}`)).toBe(false);
  expect(await has(`watchlist=${strict}&reason=keywords`)).toBe(true);
  const api = async (watchlist: string) =>
    (await app.call('GET', `/v1/suppressed?watchlist=${watchlist}`, { token: account.token })).body.items;
  expect(await api(strict)).toHaveLength(1);
  expect(await api(other)).toEqual([]);
});

it('says why one was not told, with the rule that decided, and why another was', async () => {
  const { text } = await reader.get('/suppressed');
  const why = await reader.get(/href="(\/changes\/\d+\/why)"/.exec(text)![1]!);
  expect(why.text).toContain('Why you did not get this');
  expect(why.text).toContain(
    'Any change of what is or was rated High, where the changed words match “arbitration”',
  );

  const [alert] = (await app.call('GET', '/v1/alerts', { token: account.token })).body.items;
  const told = await reader.get(`/changes/${alert.changes[0].id}/why`);
  expect(told.text).toContain('Why you got this');
  expect(told.text).toContain('You were told of it because of “All”.');
  expect((await reader.get('/changes/999999999/why')).status).toBe(404);
});

it('tells another account nothing of it', async () => {
  const stranger = await visitor(app, await app.createAccount());
  expect((await stranger.get('/suppressed')).text).not.toContain('quiet-terms');
  const [alert] = (await app.call('GET', '/v1/alerts', { token: account.token })).body.items;
  const { text } = await stranger.get(`/changes/${alert.changes[0].id}/why`);
  expect(text).toContain('None of your watchlists follows it.');
  expect(text).not.toContain('“All”');
});
