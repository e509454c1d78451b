import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { alertsOf, watch, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let owner: WebVisitor;
let stranger: WebVisitor;
let alert: { id: string; url: string };
let page: string;
let hook: string;

beforeAll(async () => {
  [app, receiver] = await Promise.all([startApp(), startWebhookReceiver()]);
  account = await app.createAccount({ tier: 'professional' });
  ({ id: hook } = await webhookTo(app, account, receiver.url('/hook')));
  receiver.script('/hook', { status: 410, body: 'no <more>' });
  await watch(app, account, [['entity', 'acme']], { name: 'Cloud terms', destinationIds: [hook] });
  await app.postEvents([provisionEvent({ entity: 'acme', after: side('high') })]);
  await app.work();
  const [newest] = await alertsOf(app, account);
  alert = newest.alert;
  page = `/alerts/${alert.id}`;
  owner = await visitor(app, account);
  stranger = await visitor(app, await app.createAccount());
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

it('shows its owner the alert without a key, and nobody else', async () => {
  const { status, text } = await owner.get(page);
  expect(status).toBe(200);
  expect(text).toContain('href="/watchlists/');
  expect(text).toContain(`value="${alert.url.replaceAll('&', '&amp;')}"`);
  expect(text).toMatch(/href="\/changes\/\d+\/why"/);
  expect((await stranger.get(page)).status).toBe(404);
  for (const act of ['acknowledge', 'note', 'mute', 'unmute']) {
    expect((await stranger.post(`${page}/${act}`)).status, act).toBe(403);
  }
});

it('leads who is not signed in to the sign-in, whether there is such an alert or not', async () => {
  const nobody = await visitor(app);
  for (const path of [page, '/alerts/999999', '/digests/999999']) {
    expect(await nobody.get(path)).toMatchObject({
      status: 303,
      location: `/sign-in?next=${encodeURIComponent(path)}`,
    });
  }
});

it('shows others who have the link nothing that only its owner may do', async () => {
  const { text } = await stranger.get(alert.url.replace(app.url, ''));
  expect(text).not.toMatch(/<form[^>]*action="\/(?!sign-out)/);
  expect(text).not.toContain('/watchlists/');
  expect(text).not.toContain('Where it went');
});

it('keeps a note that whoever has the link reads, too', async () => {
  const noted = await owner.submit(page, `${page}/note`, { text: 'Legal looks at it.\r\n<b>Soon</b>' });
  expect(noted.location).toBe(`${page}?said=noted`);
  const link = await (await visitor(app)).get(alert.url.replace(app.url, ''));
  expect(link.text).toContain('Legal looks at it.\n&lt;b>Soon');
  const { body } = await app.call('GET', `/v1/alerts/${alert.id}`, { token: account.token });
  expect(body.note).toEqual({ text: 'Legal looks at it.\n<b>Soon</b>', at: app.clock.now().toISOString() });

  const removed = await owner.submit(page, `${page}/note`, { text: ' ' });
  expect(removed.location).toBe(`${page}?said=unnoted`);
  expect((await owner.get(page)).text).not.toContain('Legal looks at it');
});

it('gives a note that is too long back as it was typed', async () => {
  const text = 'x'.repeat(2_001);
  const refused = await owner.submit(page, `${page}/note`, { text });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(text);
  expect(refused.text).toContain('Must be no longer than 2000 characters.');
  const put = async (body: unknown) =>
    app.call('PUT', `/v1/alerts/${alert.id}/note`, { token: account.token, body });
  expect((await put({ text })).status).toBe(422);
  expect((await put({ text: 'By machine.' })).body.note.text).toBe('By machine.');
});

it('mutes a clause of it for a while, and lets it be heard again', async () => {
  const muted = await owner.submit(page, `${page}/mute`, {
    target: 'provision acme-terms-1',
    days: '7',
  });
  expect(muted.location).toBe(`${page}?said=muted`);
  const mutes = async () => (await app.call('GET', '/v1/mutes', { token: account.token })).body.items;
  const until = new Date(app.clock.now().getTime() + 7 * 86_400_000).toISOString();
  expect(await mutes()).toMatchObject([{ kind: 'provision', key: 'acme-terms-1', until }]);
  expect((await owner.get(page)).text).toContain('is muted until');

  await owner.submit(page, `${page}/unmute`);
  expect(await mutes()).toEqual([]);
  for (const target of ['provision other', 'entity acme', '', 'document']) {
    expect((await owner.submit(page, `${page}/mute`, { target })).status, target).toBe(404);
  }
});

it('is acknowledged once, with the time on the wall clock of its owner', async () => {
  await app.call('PATCH', '/v1/account', { token: account.token, body: { timeZone: 'Asia/Tokyo' } });
  await owner.submit(page, `${page}/acknowledge`);
  const { text } = await owner.get(page);
  expect(text).toMatch(/Acknowledged<\/dt><dd><time dateTime="[^"]+Z"[^>]*>[^<]+\(Asia\/Tokyo\)/i);
  expect(text).not.toContain(`action="${page}/acknowledge"`);
});

it('shows who acknowledged it in a chat', async () => {
  const [{ id: workspace }] = (await app.database.query<{ id: string }>(
    `insert into slack_workspace (account_id, team_id, team_name, status, installed_at)
     values ($1, 'T1', 'Acme Legal', 'removed', $2) returning id`,
    [account.id, app.clock.now()],
  )) as [{ id: string }];
  await app.database.execute('update alert set acknowledged_by = $2 where id = $1', [
    alert.id,
    JSON.stringify({ workspace, user: 'U777' }),
  ]);
  expect((await owner.get(page)).text).toMatch(/in a chat by <bdi>U777<\/bdi> of <bdi>Acme Legal/);
});

it('shows each delivery with its attempts, and sends an ended one again', async () => {
  const { text } = await owner.get(page);
  const path = /href="(\/deliveries\/\d+)"/.exec(text)![1]!;
  expect(text).toContain('It was given up. The endpoint answered 410 Gone: it wants no more.');
  const log = await owner.get(path);
  expect(log.text).toContain('Failed for good');
  expect(log.text).toContain('no &lt;more>');
  expect(log.text).toContain('POST http');
  expect(log.text).toContain('alert.created');

  const refused = await owner.submit(path, `${path}/replay`);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('Its destination is not at work');
  receiver.script('/hook', { status: 200 });
  await app.call('POST', `/v1/destinations/${hook}/enable`, { token: account.token });
  await app.work();
  expect((await owner.submit(path, `${path}/replay`)).location).toBe(`${path}?said=replayed`);
  await app.work();
  expect((await owner.get(path)).text).toContain('It arrived on');
  expect((await stranger.get(path)).status).toBe(404);

  const listed = async (query: string) =>
    ((await owner.get(`/deliveries?${query}`)).text.match(/<li class="row"/g) ?? []).length;
  expect(await listed('state=dead')).toBe(0);
  expect(await listed(`destination=${hook}&state=delivered&alert=${alert.id}`)).toBe(1);
  expect(await listed('destination=999999')).toBe(0);
});

it('erases the note with the account', async () => {
  await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
  expect(await app.database.query('select 1 from alert_note')).toEqual([]);
});
