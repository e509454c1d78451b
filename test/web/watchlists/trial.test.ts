import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.postEvents(
    ['low', 'high', 'medium'].map((severity, index) =>
      provisionEvent({
        entity: 'acme',
        after: side(severity as 'low', `You may ${['leave', 'stay', 'sue'][index]} us.`),
        time: daysAgo(10 - index),
      }),
    ),
  );
});
afterAll(async () => app.stop());

function daysAgo(days: number): string {
  return new Date(app.clock.now().getTime() - days * 86_400_000).toISOString();
}

describe('trying a watchlist on the past', () => {
  it('says what it would have sent, by its button and as a part', async () => {
    const who = await visitor(app, await app.createAccount());
    const fields = { do: 'try', follow: 'entity:acme', days: '30' };
    const page = await who.submit('/watchlists/new', '/watchlists/new', fields);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<strong>3 alerts</strong> in 30 days: these.');
    expect(page.text).toMatch(/<a href="\/changes\/\d+">/);
    const form_token = /name="form_token" value="([^"]+)"/.exec(page.text)![1]!;
    const held = {
      form_token,
      follow: 'entity:acme',
      days: '30',
      direction: 'rises',
      minSeverity: 'low',
      minChange: '0',
      kinds: 'escalated',
      mode: 'instant',
    };
    const part = await who.post('/watchlists/trial', held);
    expect(part.text).toMatch(/^<p class="trial-total">Would have sent <strong>1 alert<\/strong>/);
    const untried = await who.post('/watchlists/trial', { ...held, keywords: '!!' });
    expect([untried.status, untried.text]).toEqual([200, expect.stringContaining('Not tried yet')]);
    expect((await who.post('/watchlists/trial', { ...held, follow: [] })).text).toContain(
      'Add something to follow',
    );
  });

  it('counts what a watchlist follows already, its own alone', async () => {
    const [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    const id = await watch(app, owner, [['entity', 'acme']]);
    const [mine, theirs] = [await visitor(app, owner), await visitor(app, stranger)];
    const tried = await mine.submit(`/watchlists/${id}`, `/watchlists/${id}`, { do: 'try' });
    expect(tried.text).toContain('<strong>3 alerts</strong> in 90 days');
    const { text } = await theirs.get('/watchlists/new');
    const form_token = /name="form_token" value="([^"]+)"/.exec(text)![1]!;
    const part = await theirs.post('/watchlists/trial', {
      form_token,
      watchlist: id,
      minSeverity: 'low',
      direction: 'any',
      minChange: '0',
      kinds: 'introduced',
      mode: 'instant',
    });
    expect(part.text).toContain('Add something to follow');
  });

  it('tells a rule that wants too little from a time without changes, and leads to the last message', async () => {
    await app.postEvents([
      provisionEvent({ entity: 'quiet', after: side('medium', 'You may wait.'), time: daysAgo(60) }),
    ]);
    const who = await visitor(app, await app.createAccount());
    const fields = { do: 'try', days: '30', follow: 'entity:quiet' };
    const over = async (given: Record<string, string>) =>
      (await who.submit('/watchlists/new', '/watchlists/new', { ...fields, ...given })).text;
    const silent = await over({});
    expect(silent).toContain('Nothing that it follows changed in 30 days.');
    expect(silent).toMatch(/The last that it would have sent:.+<a href="\/changes\/\d+">/s);
    expect(silent).toContain('<button name="do" value="try-90" class="quiet"');
    const longer = await over({ do: 'try-90' });
    expect(longer).toContain('<strong>1 alert</strong> in 90 days');
    expect(longer).toMatch(/<option value="90" selected>/);

    const narrow = await over({ minSeverity: 'high' });
    expect(narrow).toContain('What it follows saw 1 change in 365 days, but nothing that the rule wants.');
    expect(narrow).not.toContain('value="try-');
    expect(await over({ follow: 'entity:acme', keywords: 'unheard' })).toContain(
      'What it follows saw 3 changes in 30 days, but nothing that the rule wants.',
    );
    const never = await over({ follow: 'entity:nobody' });
    expect(never).toContain('Nothing that it follows changed in 365 days.');
    expect(never).not.toContain('The last that');
  });
});
