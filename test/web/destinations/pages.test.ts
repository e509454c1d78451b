import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChannelRegistry } from '../../../src/channels/registry.js';
import { destinationForms } from '../../../src/web/destinations/forms/all-forms.js';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent } from '../../support/events.js';
import { mailTo } from '../../support/inbox-of-mail.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
let receiver: WebhookReceiver;
let owner: TestAccount;
let web: WebVisitor;

beforeAll(async () => {
  [app, receiver] = await Promise.all([startApp(), startWebhookReceiver()]);
  owner = await app.createAccount();
  web = await visitor(app, owner);
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

const destinationsOf = async (who: TestAccount) =>
  (await app.call('GET', '/v1/destinations', { token: who.token })).body.items;
const newest = async () => (await destinationsOf(owner)).at(-1);

async function addWebhook(path: string, label = path): Promise<{ id: string; path: string; answer: string }> {
  const fields = { url: receiver.url(path), label };
  const { status, text } = await web.submit('/destinations/new?kind=webhook', '/destinations', fields);
  expect(status, text).toBe(200);
  const { id } = await newest();
  return { id, path: `/destinations/${id}`, answer: text };
}

describe('adding a destination', () => {
  it('has a form for every kind that there is', () => {
    const { kinds } = app.app.get(ChannelRegistry);
    expect(destinationForms.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
  });

  it('offers them all', async () => {
    const { text } = await web.get('/destinations/new');
    for (const { kind } of destinationForms) expect(text).toContain(`/destinations/new?kind=${kind}"`);
  });

  it('asks an address that is not one’s own, and once more when it is told to', async () => {
    const made = await web.submit('/destinations/new?kind=email', '/destinations', {
      address: 'friend@example.org',
      label: 'A friend',
    });
    expect(made.status, made.text).toBe(303);
    const { id } = await newest();
    expect(made.location).toBe(`/destinations/${id}?said=made`);
    expect((await web.get(made.location!)).text).toContain('Waits to be confirmed');
    const again = await web.submit(`/destinations/${id}`, `/destinations/${id}/confirmation`);
    expect(again.location).toBe(`/destinations/${id}?said=asked`);
    await app.work();
    expect(await mailTo(app, 'friend@example.org')).toHaveLength(2);
  });

  it('shows the secret of a webhook once, and how to verify', async () => {
    const { path, answer } = await addWebhook('/once');
    const [secret] = /whsec_[\w+/=]+/.exec(answer) ?? [''];
    expect(secret).not.toBe('');
    expect(answer).toContain(`data-copy="${secret}"`);
    expect(answer).toContain('Standard Webhooks');
    expect((await web.get(path)).text).not.toContain('whsec_');
  });

  it('keeps to the types that were ticked', async () => {
    await web.submit('/destinations/new?kind=webhook', '/destinations', {
      url: receiver.url('/some'),
      which: 'chosen',
      types: ['alert.created', 'digest.created'],
    });
    const { id, settings } = await newest();
    expect(settings.types).toEqual(['alert.created', 'digest.created']);
    expect((await web.get(`/destinations/${id}`)).text).toContain('alert.created, digest.created');
  });

  it.each([
    ['email', { address: 'nobody' }, 'address'],
    ['webhook', { url: 'ftp://example.org' }, 'url'],
    ['webhook', { url: 'https://example.org/', which: 'chosen' }, 'types'],
    ['teams', { webhookUrl: 'https://example.org/hook' }, 'webhookUrl'],
    ['slack&way=token', { token: 'nothing', channel: '#a' }, 'token'],
    ['slack&way=webhook', { webhookUrl: 'https://example.org/' }, 'webhookUrl'],
    ['email', { address: 'a@example.org', label: 'x'.repeat(81) }, 'label'],
  ])('comes back filled in when it is wrong: %s %o', async (kind, fields, field) => {
    const before = (await destinationsOf(owner)).length;
    const { status, text } = await web.submit(`/destinations/new?kind=${kind}`, '/destinations', fields);
    expect(status).toBe(422);
    expect(text).toContain(`href="#${field}"`);
    expect(text).toContain(`id="${field}"`);
    for (const value of Object.values(fields)) if (value !== 'chosen') expect(text).toContain(value);
    expect(await destinationsOf(owner)).toHaveLength(before);
  });

  it('says what the tier does not hold, and what lifts it', async () => {
    const free = await visitor(app, await app.createAccount({ tier: 'free' }));
    expect((await free.get('/destinations/new')).text).toContain('watcher');
    const refused = await free.submit('/destinations/new?kind=webhook', '/destinations', {
      url: receiver.url('/free'),
    });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('The watcher tier lifts this limit.');
    expect(refused.text).toContain(receiver.url('/free'));
  });
});

describe('a destination', () => {
  it('is tested, and tells what became of it', async () => {
    const { id, path } = await addWebhook('/tested');
    const sent = await web.submit(path, `${path}/test`);
    expect(sent.location).toMatch(new RegExp(`^${path}\\?test=\\d+$`));
    const test = sent.location!.split('=')[1];
    expect((await web.get(sent.location!)).text).toContain('The test is on its way.');
    expect((await web.get(`${path}/tests/${test}`)).text).toContain('data-hx-trigger');
    await app.work();
    const outcome = (await web.get(`${path}/tests/${test}`)).text;
    expect(outcome).toContain('The test arrived.');
    expect(outcome).not.toContain('data-hx-trigger');
    expect((await web.get(path)).text).toContain('delivered');
    expect(id).not.toBe('');
  });

  it('says why a test did not arrive, and how it does since', async () => {
    receiver.script('/broken', { status: 500, body: 'out of order' });
    const { path } = await addWebhook('/broken');
    const { location } = await web.submit(path, `${path}/test`);
    await app.work();
    const { text } = await web.get(location!);
    expect(text).toContain('The test did not arrive.');
    expect(text).toContain('500');
    expect(text).toContain('Failing');
    expect((await web.get('/destinations')).text).toContain('Failing');
  });

  it('rests and works as its owner says', async () => {
    const { path } = await addWebhook('/moved');
    expect((await web.submit(path, `${path}/pause`)).location).toBe(`${path}?said=paused`);
    expect((await web.get(path)).text).toContain('Paused');
    const refused = await web.post(`${path}/test`, { form_token: await tokenOn(path) });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('enable it first');
    expect((await web.submit(path, `${path}/enable`)).location).toBe(`${path}?said=enabled`);
    expect((await web.get(path)).text).toContain('Working');
  });

  it('gets a new secret, shown once', async () => {
    const { path, answer } = await addWebhook('/rotated');
    const [former] = /whsec_[\w+/=]+/.exec(answer) ?? [''];
    const { text } = await web.submit(path, `${path}/rotate-secret`);
    const [fresh] = /whsec_[\w+/=]+/.exec(text) ?? [''];
    expect(fresh).not.toBe('');
    expect(fresh).not.toBe(former);
    expect(text).toContain('24 hours');
  });

  it('is sent again what it missed, since a time on its owner’s clock', async () => {
    const account = await app.createAccount();
    await app.call('PATCH', '/v1/account', { token: account.token, body: { timeZone: 'Asia/Tokyo' } });
    const theirs = await visitor(app, account);
    await theirs.submit('/destinations/new?kind=webhook', '/destinations', { url: receiver.url('/missed') });
    const { id } = (await destinationsOf(account)).at(-1);
    await watch(app, account, [['entity', 'missed']], { destinationIds: [id] });
    const path = `/destinations/${id}`;
    await theirs.submit(path, `${path}/pause`);
    const at = app.clock.now();
    await app.postEvents([provisionEvent({ entity: 'missed' })]);
    await app.work();
    await theirs.submit(path, `${path}/enable`);
    const local = (minutes: number) =>
      new Date(at.getTime() + 9 * 3_600_000 + minutes * 60_000).toISOString().slice(0, 16);
    const later = await theirs.submit(path, `${path}/recover`, { since: local(2) });
    expect(later.location).toBe(`${path}?recovered=0`);
    const sooner = await theirs.submit(path, `${path}/recover`, { since: local(-2) });
    expect(sooner.location).toBe(`${path}?recovered=1`);
    expect((await theirs.get(sooner.location!)).text).toContain(
      '1 alert that it missed is on the way again.',
    );
    const wrong = await theirs.submit(path, `${path}/recover`, { since: 'yesterday' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="yesterday"');
  });

  it('is edited without its secret, which stays', async () => {
    const { id, path } = await addWebhook('/edited', 'Before');
    const saved = await web.submit(`${path}/edit`, path, { label: 'After', url: receiver.url('/after') });
    expect(saved.location).toBe(`${path}?said=saved`);
    const { body } = await app.call('GET', `/v1/destinations/${id}`, { token: owner.token });
    expect(body).toMatchObject({ label: 'After', settings: { url: receiver.url('/after') } });
    const refused = await web.submit(`${path}/edit`, path, { url: 'nowhere', label: 'Kept' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="Kept"');
  });

  it('keeps a Teams address that was left empty', async () => {
    const { body } = await app.call('POST', '/v1/destinations', {
      token: owner.token,
      body: { kind: 'teams', settings: { webhookUrl: receiver.url('/teams') } },
    });
    const path = `/destinations/${body.id}`;
    await web.submit(`${path}/edit`, path, { label: 'Our team' });
    expect((await web.get(path)).text).not.toContain(receiver.url('/teams'));
    await web.submit(path, `${path}/test`);
    await app.work();
    expect(receiver.requests.some((one) => one.path === '/teams')).toBe(true);
  });

  it('says what stops before it is deleted', async () => {
    const { id, path } = await addWebhook('/gone');
    await watch(app, owner, [], { name: 'Only there', destinationIds: [id] });
    const ask = await web.get(`${path}/delete`);
    expect(ask.text).toContain('Only there');
    expect((await web.submit(`${path}/delete`, `${path}/delete`)).location).toBe(
      '/destinations?said=deleted',
    );
    expect((await web.get(path)).status).toBe(404);
  });
});

describe('the destination of another account', () => {
  it('is not there, for whatever is asked', async () => {
    const { id, path, answer } = await addWebhook('/mine');
    const stranger = await visitor(app, await app.createAccount());
    const form_token = /name="form_token" value="([^"]+)"/.exec(
      (await stranger.get('/destinations/new?kind=email')).text,
    )![1]!;
    expect((await stranger.get('/destinations')).text).not.toContain('/mine');
    for (const part of ['', '/edit', '/delete', '/tests/1']) {
      expect((await stranger.get(path + part)).status, part).toBe(404);
    }
    for (const part of [
      '',
      '/test',
      '/confirmation',
      '/pause',
      '/enable',
      '/rotate-secret',
      '/recover',
      '/delete',
    ]) {
      const fields = { form_token, label: 'Stolen', url: 'https://example.org', since: '2026-01-01T00:00' };
      expect((await stranger.post(path + part, fields)).status, part).toBe(404);
    }
    expect((await web.get(path)).status).toBe(200);
    expect(answer).toContain(id);
  });

  it('shows a test to its owner alone', async () => {
    const { path } = await addWebhook('/private');
    const { location } = await web.submit(path, `${path}/test`);
    const test = location!.split('=')[1];
    const other = await app.createAccount();
    const theirs = await visitor(app, other);
    const [{ id }] = await destinationsOf(other);
    expect((await theirs.get(`/destinations/${id}/tests/${test}`)).status).toBe(404);
    expect((await theirs.get(`/destinations/${id}?test=${test}`)).text).not.toContain('The test');
  });

  it('leads a visitor to sign in', async () => {
    const nobody = await visitor(app);
    for (const path of ['/destinations', '/destinations/new', '/destinations/1', '/destinations/slack']) {
      expect((await nobody.get(path)).location, path).toContain('/sign-in');
    }
  });
});

async function tokenOn(path: string): Promise<string> {
  return /name="form_token" value="([^"]+)"/.exec((await web.get(path)).text)![1]!;
}
