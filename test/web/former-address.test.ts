import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let entity: string;
let watchlist: string;
let destinationId: string;
let names = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  entity = `entity-${++names}`;
  account = await app.createAccount({ email: `old${names}@example.org` });
  watchlist = await watch(app, account, [['entity', entity]], { name: 'The watchlist' });
  destinationId = (await call('GET', '/v1/destinations')).body.items[0].id;
});

async function call(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: account.token, body });
}

let events = 0;
async function post(): Promise<void> {
  const provision = `${entity}-${++events}`;
  await app.postEvents([provisionEvent({ entity, provision, before: side('low'), after: side('high') })]);
}

/** The way out of the newest mail about an alert that came to the address. */
async function linkAt(address: string): Promise<string> {
  const mails = (await mailTo(app, address)).filter(({ headers }) => 'list-unsubscribe' in headers);
  return /<http[^>]*(\/unsubscribe\/[^>]+)>/.exec(mails.at(-1)!.headers['list-unsubscribe']!)![1]!;
}

/** The owner has the mail sent to another address, whose reader confirms it. */
async function moveTo(address: string): Promise<void> {
  app.clock.advance(60);
  expect((await call('PATCH', `/v1/destinations/${destinationId}`, { settings: { address } })).status).toBe(
    200,
  );
  await app.work();
  const mail = (await mailTo(app, address)).find(({ text }) => text.includes('/confirm/'));
  await app.call('POST', /(\/confirm\/[\w-]+)/.exec(mail!.text)![1]!);
  app.clock.advance(60);
}

const stop = async (link: string, body: string) =>
  app.call('POST', link, { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

async function state() {
  const { status, reason } = (await call('GET', `/v1/destinations/${destinationId}`)).body;
  const { destinationIds } = (await call('GET', `/v1/watchlists/${watchlist}`)).body;
  return { status, reason, isSubscribed: destinationIds.includes(destinationId) };
}

const untouched = { status: 'active', reason: null, isSubscribed: true };
const [oneClick, all] = ['List-Unsubscribe=One-Click', 'all=1'];

describe('the link of a mail to a former address', () => {
  it('says that nothing is sent there any more, without a word of the new one', async () => {
    await post();
    await app.work();
    const link = await linkAt(account.email);
    await moveTo(`new${names}@elsewhere.example`);

    const { status, text } = await app.call('GET', link);
    expect(status).toBe(200);
    expect(text).toContain('Nothing is sent there');
    expect(text).not.toContain('n…@e…');
    expect(text).not.toContain('The watchlist');
    expect(text).not.toContain('<form');
  });

  it.each([oneClick, all])('stops nothing at the new one by %s', async (body) => {
    await post();
    await app.work();
    const link = await linkAt(account.email);
    await moveTo(`new${names}@elsewhere.example`);

    const { status, text } = await stop(link, body);
    expect(status).toBe(200);
    expect(text).toContain('Nothing is sent there');
    expect(text).not.toContain('n…@e…');
    expect(await state()).toEqual(untouched);
  });
});

describe('the link of a mail to the address of now', () => {
  it.each([
    [oneClick, { ...untouched, isSubscribed: false }],
    [all, { ...untouched, status: 'paused', reason: 'unsubscribed' }],
  ])('stops it by %s', async (body, expected) => {
    const address = `new${names}@elsewhere.example`;
    await moveTo(address);
    await post();
    await app.work();
    expect((await stop(await linkAt(address), body)).text).toContain('Done.');
    expect(await state()).toEqual(expected);
  });

  it('stops it too when the alert was made before the address changed, and went out after that', async () => {
    const address = `new${names}@elsewhere.example`;
    await moveTo(address);
    await post();
    await app.app.get(FanOut).run(new AbortController().signal);
    await app.database.execute(
      `update destination set resettled_at = $2::timestamptz + interval '1 second' where id = $1`,
      [destinationId, app.clock.now()],
    );
    app.clock.advance(60);
    await app.work();

    expect((await stop(await linkAt(address), oneClick)).text).toContain('Done.');
    expect(await state()).toEqual({ ...untouched, isSubscribed: false });
  });
});
