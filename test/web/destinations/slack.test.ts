import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestAccount } from '../../support/app.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { startSlackStage, type SlackStage } from '../../slack/slack-stage.js';

let stage: SlackStage;
let owner: TestAccount;
let web: WebVisitor;

beforeAll(async () => {
  stage = await startSlackStage({ channels: ['legal-watch'] });
  owner = await stage.app.createAccount();
  web = await visitor(stage.app, owner);
});
afterAll(async () => stage.stop());

const origin = (url: string) => new URL(url).origin;

describe('Add to Slack', () => {
  it('leads there, which the content policy allows on that page alone', async () => {
    const page = await web.get('/destinations/slack');
    const slack = origin(stage.front.apiUrl);
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${slack};`);
    const { location, status } = await web.submit('/destinations/slack', '/destinations/slack');
    expect(status).toBe(303);
    expect(origin(location!)).toBe(slack);
    for (const path of ['/destinations', '/destinations/new?kind=slack', '/settings']) {
      const policy = (await web.get(path)).headers.get('content-security-policy');
      expect(policy, path).toContain("form-action 'self';");
    }
  });

  it('is refused kindly where the tier holds no Slack', async () => {
    const free = await visitor(stage.app, await stage.app.createAccount({ tier: 'free' }));
    const { text } = await free.get('/destinations/slack');
    expect(text).toContain('The watcher tier adds Slack.');
    expect(text).not.toContain('action="/destinations/slack"');
  });
});

describe('a workspace', () => {
  it('has its channels searched, one chosen, and posted in', async () => {
    await stage.install(owner);
    expect((await web.get('/destinations/slack')).text).toContain('Choose a channel');
    const found = (await web.get('/destinations/new?kind=slack&search=legal')).text;
    expect(found).toContain('legal-watch');
    expect(found).not.toContain('policy-alerts');
    const part = (await web.get('/destinations/slack/channels?search=polic')).text;
    expect(part).toMatch(/^<fieldset/);
    expect(part).toContain('policy-alerts');
    const { id } = stage.emulator.channel;
    const made = await web.submit('/destinations/new?kind=slack', '/destinations', { channel: id });
    expect(made.status, made.text).toBe(303);
    const path = made.location!.replace(/\?.*/, '');
    expect((await web.get(path)).text).toContain('#policy-alerts');
    const sent = await web.submit(path, `${path}/test`);
    await stage.app.work();
    expect((await web.get(sent.location!)).text).toContain('The test arrived.');
    expect((await stage.emulator.history()).length).toBeGreaterThan(0);
  });

  it('says so when no channel was chosen', async () => {
    const { status, text } = await web.submit('/destinations/new?kind=slack', '/destinations');
    expect(status).toBe(422);
    expect(text).toContain('Choose one, or give its id');
  });

  it('belongs to its account alone', async () => {
    const [, id] = /\/destinations\/slack\/(\d+)\/remove/.exec((await web.get('/destinations/slack')).text)!;
    const stranger = await visitor(stage.app, await stage.app.createAccount());
    expect((await stranger.get('/destinations/slack')).text).not.toContain(`/slack/${id}/`);
    expect((await stranger.get(`/destinations/slack/${id}/remove`)).status).toBe(404);
    const page = (await stranger.get('/destinations/slack')).text;
    const form_token = /name="form_token" value="([^"]+)"/.exec(page)![1]!;
    expect((await stranger.post(`/destinations/slack/${id}/remove`, { form_token })).status).toBe(404);
    expect((await stranger.get(`/destinations/slack/channels?workspace=${id}`)).text).not.toContain(
      'policy-alerts',
    );
  });

  it('is removed, which disables what is posted there', async () => {
    const [, path] = /href="(\/destinations\/slack\/\d+\/remove)"/.exec(
      (await web.get('/destinations/slack')).text,
    )!;
    const done = await web.submit(path!, path!);
    expect(done.location).toBe('/destinations/slack?said=removed');
    expect((await web.get('/destinations')).text).toContain('Disabled');
  });
});
