import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { deliveriesOf, watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
/** The two watchlists that a mail was about, and one that it was not. */
let watchlists: string[];
/** Where the mail's `List-Unsubscribe` leads. */
let path: string;

let entities = 0;
let entity: string;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

beforeEach(async () => {
  entity = `entity-${++entities}`;
  account = await app.createAccount({ email: `kim${entities}@example.org` });
  watchlists = [
    await watch(app, account, [['entity', entity]], { name: 'By <b>name</b>' }),
    await watch(app, account, [['document', `${entity}-terms`]], { name: 'By document' }),
    await watch(app, account, [['entity', 'another']], { name: 'Another' }),
  ];
  await alert();
  const [mail] = await mailTo(app, account.email);
  path = /<http[^>]*(\/unsubscribe\/[^>]+)>/.exec(mail!.headers['list-unsubscribe']!)![1]!;
});

async function alert(): Promise<void> {
  await app.postEvents([provisionEvent({ entity, before: side('low'), after: side('high') })]);
  await app.work();
}

async function post(body: BodyInit, type?: string) {
  const headers = type === undefined ? {} : { 'content-type': type };
  const answer = await fetch(app.url + path, { method: 'POST', body, headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const form = 'application/x-www-form-urlencoded';
const oneClick = 'List-Unsubscribe=One-Click';

/** Where each watchlist still sends to, and how the destination is. */
async function state() {
  const read = async (route: string) => (await app.call('GET', route, { token: account.token })).body;
  const [destination] = (await read('/v1/destinations')).items;
  const subscribed = [];
  for (const id of watchlists) {
    const { destinationIds } = await read(`/v1/watchlists/${id}`);
    subscribed.push(destinationIds.includes(destination.id));
  }
  return { subscribed, status: destination.status, reason: destination.reason };
}

const untouched = { subscribed: [true, true, true], status: 'active', reason: null };
const stopped = { subscribed: [false, false, true], status: 'active', reason: null };
const paused = { subscribed: [true, true, true], status: 'paused', reason: 'unsubscribed' };

describe('opening the link', () => {
  it('shows what would stop, to whom, and stops nothing: scanners open every link', async () => {
    const { status, text, headers } = await app.call('GET', path);
    await app.call('HEAD', path);

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(text).toContain('k…@e…');
    expect(text).not.toContain(account.email);
    expect(text).toContain('By &lt;b>name&lt;/b>');
    expect(text).toContain('By document');
    expect(text).not.toContain('Another');
    expect(text).toContain('Stop these alerts to this address');
    expect(text).toContain('Stop all mail to this address');
    expect(await state()).toEqual(untouched);
  });

  it('says so when these alerts are stopped already', async () => {
    await post(oneClick, form);
    const { text } = await app.call('GET', path);

    expect(text).toContain('stopped already');
    expect(text).not.toContain('Stop these alerts to this address');
    expect(text).toContain('Stop all mail to this address');
  });
});

describe('one click', () => {
  it('stops the alerts of the watchlists of the mail, at once and without a sign-in', async () => {
    const { status, text, headers } = await post(oneClick, form);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('Done.');
    expect(text).toContain('href="/watchlists"');
    expect(await state()).toEqual(stopped);

    await alert();
    expect(await mailTo(app, account.email)).toHaveLength(1);
  });

  it('holds for mail that is on its way', async () => {
    await app.postEvents([provisionEvent({ entity, before: side('low'), after: side('high') })]);
    await app.app.get(FanOut).run(new AbortController().signal);
    expect((await deliveriesOf(app, account)).map((one) => one.state)).toEqual(['due', 'delivered']);

    await post(oneClick, form);
    await app.work();

    expect((await deliveriesOf(app, account)).map((one) => one.state)).toEqual(['cancelled', 'delivered']);
    expect(await mailTo(app, account.email)).toHaveLength(1);
  });

  it('takes a multipart form too', async () => {
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');

    expect((await post(body)).status).toBe(200);
    expect(await state()).toEqual(stopped);
  });

  it.each([
    ['an empty form', '', form],
    ['a form spelled otherwise', 'list-unsubscribe=one-click', form],
    [
      'a multipart form that is cut off',
      '--x\r\nContent-Disposition: form-data; name="all"',
      'multipart/form-data; boundary=x',
    ],
    ['a multipart form without a boundary', oneClick, 'multipart/form-data'],
  ])('takes %s for the same wish', async (_name, body, type) => {
    expect((await post(body, type)).status).toBe(200);
    expect(await state()).toEqual(stopped);
  });

  it('answers alike when it comes again', async () => {
    const first = await post(oneClick, form);
    const again = await post(oneClick, form);

    expect(again.status).toBe(200);
    expect(again.text).toBe(first.text);
    expect(await state()).toEqual(stopped);
  });
});

describe('stopping all mail', () => {
  it('pauses the address and leaves the watchlists as they are', async () => {
    const { text } = await post('all=1', form);

    expect(text).toContain('Done.');
    expect(text).toMatch(/href="\/destinations\/\d+"/);
    expect(await state()).toEqual(paused);
    expect((await post('all=1', form)).text).toBe(text);
    expect((await app.call('GET', path)).text).toContain('Nothing is sent there');
  });

  it('takes a multipart form too', async () => {
    const body = new FormData();
    body.set('all', '1');
    await post(body);

    expect(await state()).toEqual(paused);
  });

  it('holds for whatever else of the account goes to the same address', async () => {
    const { token } = account;
    const again = { kind: 'email', settings: { address: account.email.toUpperCase() } };
    const other = { kind: 'webhook', settings: { url: 'https://hooks.example.org/' } };
    for (const body of [again, other]) await app.call('POST', '/v1/destinations', { token, body });
    const stranger = await app.createAccount();
    await post('all=1', form);

    const statusesOf = async (of: string) =>
      (await app.call('GET', '/v1/destinations', { token: of })).body.items.map(
        ({ status }: { status: string }) => status,
      );
    expect(await statusesOf(token)).toEqual(['paused', 'paused', 'active']);
    expect(await statusesOf(stranger.token)).toEqual(['active']);
  });

  it('holds for what its owner had paused: it does not go on as if nothing were', async () => {
    const { token } = account;
    const [{ id }] = (await app.call('GET', '/v1/destinations', { token })).body.items;
    await app.call('PATCH', `/v1/destinations/${id}`, { token, body: { status: 'paused' } });
    expect((await app.call('GET', path)).text).toContain('Stop all mail to this address');

    await post('all=1', form);
    expect(await state()).toEqual(paused);
    expect((await app.call('GET', path)).text).toContain('Nothing is sent there');
  });

  it('holds for mail that is on its way, and is shown with its time until the owner lifts it', async () => {
    await app.postEvents([provisionEvent({ entity, before: side('low'), after: side('high') })]);
    await app.app.get(FanOut).run(new AbortController().signal);
    const at = app.clock.now().toISOString();
    await post('all=1', form);
    app.clock.advance(60);
    await post('all=1', form);
    await app.work();
    expect(await mailTo(app, account.email)).toHaveLength(1);

    const { token } = account;
    const { items } = (await app.call('GET', '/v1/suppressions', { token })).body;
    expect(items).toMatchObject([{ reason: 'unsubscribe', address: account.email, at, liftable: true }]);
    expect((await app.call('DELETE', `/v1/suppressions/${items[0].id}`, { token })).status).toBe(204);
    expect((await app.call('GET', '/v1/suppressions', { token })).body.items).toEqual([]);
    await alert();
    expect(await mailTo(app, account.email)).toHaveLength(2);
  });

  it.each(['all=0', 'all=', 'xall=1', 'all=11'])('is not what %s asks for', async (body) => {
    await post(body, form);
    expect(await state()).toEqual(stopped);
  });
});

describe('a link that was altered', () => {
  it('is not there, and stops nothing', async () => {
    const good = path;
    const token = good.slice('/unsubscribe/'.length);
    for (const wrong of [
      `${token.slice(0, 50)}${token[50] === 'A' ? 'B' : 'A'}${token.slice(51)}`,
      token.slice(0, -4),
      `${token}AAAA`,
      'x',
    ]) {
      path = `/unsubscribe/${wrong}`;
      const asked = await app.call('GET', path);
      const acted = await post('all=1', form);
      expect([asked.status, acted.status]).toEqual([404, 404]);
      expect(acted.text).toContain('Nothing here');
    }
    expect(await state()).toEqual(untouched);
  });

  it('of another purpose is none here', async () => {
    const { items } = (await app.call('GET', '/v1/alerts', { token: account.token })).body;
    const key = /key=(.+)$/.exec(items[0].alert.url)![1];

    expect((await app.call('POST', `/unsubscribe/${key}`)).status).toBe(404);
  });
});

it('answers whoever unsubscribes an address that is gone', async () => {
  const [destination] = (await app.call('GET', '/v1/destinations', { token: account.token })).body.items;
  await app.call('DELETE', `/v1/destinations/${destination.id}`, { token: account.token });

  expect((await post(oneClick, form)).text).toContain('Done.');
  expect((await app.call('GET', path)).text).toContain('Nothing is sent there');
});

it('opens multipart forms to pages alone, not to the API', async () => {
  const body = new FormData();
  body.set('name', 'x');
  const answer = await fetch(`${app.url}/v1/watchlists`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${account.token}` },
  });

  expect(answer.status).toBe(415);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});
