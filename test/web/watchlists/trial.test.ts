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
        time: new Date(app.clock.now().getTime() - (10 - index) * 86_400_000).toISOString(),
      }),
    ),
  );
});
afterAll(async () => app.stop());

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

  it('tells a quiet time from a rule that is too narrow', async () => {
    const ago = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000).toISOString();
    await app.postEvents(
      [200, 150].map((days) =>
        provisionEvent({ entity: 'quiet', after: side('high', `Since ${days} days.`), time: ago(days) }),
      ),
    );
    const who = await visitor(app, await app.createAccount());
    const tried = async (fields: Record<string, string>) =>
      (
        await who.submit('/watchlists/new', '/watchlists/new', {
          do: 'try',
          follow: 'entity:quiet',
          ...fields,
        })
      ).text;
    const quiet = await tried({ days: '90' });
    expect(quiet).toContain('Nothing that it follows changed in that time.');
    expect(quiet).toContain('In 365 days it would have sent 2 alerts, this the last:');
    expect(quiet.match(/class="trial-when"/g)).toHaveLength(1);
    const narrow = { keywords: 'nowhere', days: '365' };
    expect(await tried(narrow)).toContain('Followed, but not told: 2 that the rule does not want.');
    expect(await tried({ ...narrow, days: '90' })).toContain('Nor would it have sent anything in 365 days.');
    expect(await tried({ ...narrow, days: '365' })).not.toContain('Nor would');
  });
});
