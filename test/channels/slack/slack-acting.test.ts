import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { AlertContent, AlertProgress } from '../../../src/domain/alert-content.js';
import { maxWeight, totalWeight } from '../../../src/channels/slack/message-size.js';
import { readAction } from '../../../src/channels/slack/slack-actions.js';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';
import { alertContent, changeContent, hostile, recipient } from '../../support/alert-content-fixture.js';
import { slackFaults } from '../../support/slack-limits.js';

const channel = slackChannel({});
afterAll(() => channel.close());

const workspace = '7';
const nothingYet: AlertProgress = {
  acknowledged: null,
  mutedChangeIds: [],
  followUps: { count: 0, deltas: [] },
};

/** The blocks of a message to a workspace; `undefined` for one that is just being sent. */
async function acting(content: AlertContent, progress?: Partial<AlertProgress>) {
  const reader = recipient();
  const alert = { ...reader.alert!, ...(progress && { progress: { ...nothingYet, ...progress } }) };
  const { text, acting: blocksFor } = channel.fill(await channel.render(content), { ...reader, alert });
  return { text, blocks: blocksFor(workspace) };
}

const oneChange = alertContent({ changes: [changeContent()] });
const by = { workspace, user: 'U0KIM' };
const at = '2026-05-04T10:12:13.000Z';
const { delta } = changeContent();

const goldens: Record<string, readonly [AlertContent, Partial<AlertProgress>?]> = {
  'acting-one-change.json': [oneChange],
  'acting-several.json': [alertContent()],
  'acting-acknowledged.json': [oneChange, { acknowledged: { at, by } }],
  'acting-followed-up.json': [
    alertContent(),
    {
      acknowledged: { at, by: null },
      mutedChangeIds: [changeContent().id],
      followUps: { count: 2, deltas: [delta] },
    },
  ],
};

describe('a message with buttons', () => {
  it.each(Object.entries(goldens))('reads as in golden/%s', async (file, [content, progress]) => {
    const sent = await acting(content, progress);
    const text = `${JSON.stringify(sent, null, 2)}\n`;
    const path = new URL(`golden/${file}`, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
    expect(slackFaults(sent, ['U0KIM'])).toEqual([]);
  });

  it('lists each provision once, ten at most, by what it is muted by', async () => {
    const changes = Array.from({ length: 14 }, (_, index) => {
      const made = changeContent({ id: String(index) });
      const provision = { ...made.provision, id: `p${index % 12}`, title: `Clause ${index % 12}` };
      return { ...made, provision };
    });
    const { blocks } = await acting(alertContent({ changes }));
    const values = [...JSON.stringify(blocks).matchAll(/"value":"9001\/(\d+)"/g)].map(([, id]) => id);
    expect(values).toEqual(Array.from({ length: 10 }, (_, index) => String(index)));
  });

  it('offers to mute no more what is muted, and says nothing of a mute that is not of it', async () => {
    const muted = await acting(oneChange, { mutedChangeIds: [changeContent().id] });
    expect(JSON.stringify(muted.blocks)).not.toContain('"mute"');
    const other = await acting(oneChange, { mutedChangeIds: ['999'] });
    expect(JSON.stringify(other.blocks)).not.toContain('Muted');
  });

  it('stays within the ceiling when titles and names are as long as can be', async () => {
    const long = '漢'.repeat(200);
    const changes = Array.from({ length: 40 }, (_, index) => {
      const made = changeContent({ id: String(index) });
      return { ...made, provision: { ...made.provision, id: `p${index}`, title: long } };
    });
    const sent = await acting(alertContent({ changes }), {
      acknowledged: { at, by },
      mutedChangeIds: ['0', '1', '2', '3', '4'],
      followUps: { count: 100, deltas: [delta] },
    });
    expect(slackFaults(sent, ['U0KIM'])).toEqual([]);
    expect(totalWeight(sent.blocks)).toBeLessThanOrEqual(maxWeight);
    expect(JSON.stringify(sent.blocks)).toContain('and 2 more');
  });

  it('offers to mute as many as find room beside the longest link', async () => {
    const changes = Array.from({ length: 12 }, (_, index) => {
      const made = changeContent({ id: String(10 ** 17 + index) });
      return { ...made, provision: { ...made.provision, id: `p${index}`, title: '漢'.repeat(60) } };
    });
    const url = `https://tocsin.example/${'a'.repeat(470)}`;
    const reader = recipient({ deliveryId: String(10 ** 17), alert: { id: '1', url, watchlists: [] } });
    const blocks = channel.fill(await channel.render(alertContent({ changes })), reader).acting(workspace);
    expect(totalWeight(blocks)).toBeLessThanOrEqual(maxWeight);
    expect(JSON.stringify(blocks)).toContain(url);
    expect(JSON.stringify(blocks).match(/"value":"\d+\//g)?.length).toBeGreaterThan(5);
  });
});

describe('who acknowledged', () => {
  it.each([
    ['in another workspace', { workspace: '8', user: 'U0KIM' }],
    ['by an id that is none', { workspace, user: '<!channel>' }],
    ['by an id of a channel', { workspace, user: 'C0KIM' }],
    ['not in a chat', null],
  ])('%s is mentioned nowhere', async (_, who) => {
    const sent = await acting(oneChange, { acknowledged: { at, by: who } });
    expect(slackFaults(sent)).toEqual([]);
    expect(JSON.stringify(sent.blocks)).toContain('✓ Acknowledged');
  });

  it('is told by no text of an event', async () => {
    const made = changeContent();
    const provision = { ...made.provision, title: `${hostile.slack} <@U0KIM>` };
    const sent = await acting(alertContent({ changes: [{ ...made, provision }] }));
    expect(slackFaults(sent)).toEqual([]);
  });
});

describe('what a click asks for', () => {
  it('is read from the name and value of a button', () => {
    expect(readAction('acknowledge', '12')).toEqual({ kind: 'acknowledge', deliveryId: '12' });
    expect(readAction('mute', '12/34')).toEqual({ kind: 'mute', deliveryId: '12', changeId: '34' });
  });

  it.each([
    ['open', ''],
    ['open', '12'],
    ['acknowledge', ''],
    ['acknowledge', '12/34'],
    ['mute', '12'],
    ['mute', '12/'],
    ['mute', '/34'],
    ['mute', '1/2/3'],
    ['constructor', '12'],
  ])('is nothing for %s with %j', (name, value) => {
    expect(readAction(name, value)).toBeNull();
  });
});
