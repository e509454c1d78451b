import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { AlertContent } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { fitChanges } from '../../../src/channels/slack/fit-changes.js';
import { maxWeight, totalWeight } from '../../../src/channels/slack/message-size.js';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';
import { alertContent, changeContent, hostile, recipient } from '../../support/alert-content-fixture.js';
import { slackFaults } from '../../support/slack-limits.js';

const channel = slackChannel({});
afterAll(() => channel.close());

async function message(content: Content, reader = recipient()) {
  return channel.fill(await channel.render(content), reader);
}

/** All texts of the blocks, as a reader sees them. */
async function textOf(content: AlertContent): Promise<string> {
  const texts: string[] = [];
  JSON.stringify((await message(content)).blocks, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('');
}

const goldens: Record<string, Content> = {
  'professional.json': alertContent(),
  'free.json': alertContent({ tier: 'free' }),
  'one-change.json': alertContent({
    tier: 'watcher',
    changes: alertContent({ tier: 'watcher' }).changes.slice(0, 1),
  }),
  'follow-up.json': alertContent({ followUp: true, changes: [changeContent()] }),
  'test-message.json': { kind: 'test', archiveName: 'ConductAtlas Policy Archive' },
};

describe('the message of an alert', () => {
  it.each(Object.entries(goldens))('reads as in golden/%s and keeps to the limits', async (file, content) => {
    const sent = await message(content, content.kind === 'test' ? recipient({ alert: null }) : recipient());
    const text = `${JSON.stringify(sent, null, 2)}\n`;
    const path = new URL(`golden/${file}`, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
    expect(slackFaults(sent)).toEqual([]);
  });

  it('says what changed, from where to where, why it matters and where it comes from', async () => {
    const [change] = alertContent({ tier: 'watcher' }).changes;
    const text = await textOf(alertContent({ tier: 'watcher', changes: [change!] }));
    expect(text).toContain('▲ High — Harbourline: Harbourline Terms of Service');
    expect(text).toContain('exposure 58 → 65');
    expect(text).toContain(
      "▲ Not in force → High · introduced, severity rises · posted 4 May 2026, takes effect 1 June 2026: 28 days' notice",
    );
    expect(text).toContain('Disputes can no longer go before a court.');
    expect(text).toContain('9 U.S.C. § 2: Federal Arbitration Act');
    expect(text).toContain('Federal Trade Commission (FTC)');
    expect(text).toContain('Locked: compliance memo (Professional tier)');
    expect(text).not.toContain('Check resale contracts');
    expect(text).toContain('among 7 other entities');
    expect(text).toContain(change!.capture.after!.sha256);
    expect(text).toContain(change!.citation);
  });

  it('strikes removed words through and sets added ones in bold', async () => {
    const sent = await message(alertContent({ changes: [changeContent()] }));
    const blocks = JSON.stringify(sent.blocks);
    expect(blocks).toContain(JSON.stringify({ type: 'text', text: 'reasonable', style: { strike: true } }));
    expect(blocks).toContain(
      JSON.stringify({ type: 'text', text: 'commercially practicable', style: { bold: true } }),
    );
  });

  it('marks a follow-up', async () => {
    expect(await textOf(alertContent({ followUp: true }))).toContain('Follow-up');
    expect(await textOf(alertContent())).not.toContain('Follow-up');
  });

  it('links to the alert, the changes, the sources and nothing else', async () => {
    const { blocks } = await message(alertContent({ changes: alertContent().changes.slice(0, 1) }));
    const urls = [...JSON.stringify(blocks).matchAll(/"url":"([^"]*)"/g)].map(
      ([, url]) => new URL(url!).host,
    );
    expect(new Set(urls)).toEqual(
      new Set(['tocsin.example', 'harbourline.example', 'archive.example', 'reportfraud.ftc.gov']),
    );
  });

  it('fills in each reader’s own link and watchlists and leaves the template as it was', async () => {
    const template = await channel.render(alertContent());
    const before = structuredClone(template);
    const other = {
      id: '8',
      url: 'https://tocsin.example/alerts/8',
      watchlists: [{ id: '3', name: 'Loans <!here>' }],
    };
    const first = channel.fill(template, recipient());
    const second = channel.fill(template, recipient({ deliveryId: '77', alert: other }));
    expect(JSON.stringify(first.blocks)).toContain('Hosting vendors, Arbitration & class actions');
    expect(first.text).toContain('https://tocsin.example/alerts/7001');
    expect(JSON.stringify(second)).toContain('Matched by Loans <!here>');
    expect(JSON.stringify(second)).not.toContain('7001');
    expect(second.deliveryId).toBe('77');
    expect(template).toEqual(before);
    expect(slackFaults(second)).toEqual([]);
  });

  it('names five watchlists and counts the others', async () => {
    const watchlists = Array.from({ length: 7 }, (_, index) => ({
      id: String(index),
      name: `List ${index}`,
    }));
    const alert = { id: '8', url: 'https://tocsin.example/alerts/8', watchlists };
    expect(JSON.stringify(await message(alertContent(), recipient({ alert })))).toContain(
      'Matched by List 0, List 1, List 2, List 3, List 4 and 2 more',
    );
  });

  it('leaves out what has nothing to show', async () => {
    const invisible = '\u202E';
    const analysis = {
      summary: invisible,
      regulatoryCitations: [{ citation: invisible }, { citation: '9 U.S.C. § 2' }],
      agencies: [{ code: invisible }],
    };
    const sent = await message(alertContent({ changes: [changeContent({ analysis })] }));
    expect(slackFaults(sent)).toEqual([]);
    expect(JSON.stringify(sent)).not.toContain('Who takes complaints');
  });

  it('never goes out to confirm a destination', async () => {
    await expect(channel.render({ kind: 'confirm', archiveName: 'Archive' })).rejects.toThrow(RangeError);
    expect(channel.addressToConfirm({ token: 'xoxb-1', channel: 'C1' })).toBeNull();
  });
});

describe('what an event holds stays text', () => {
  const attacks = [
    '<!channel>',
    '<!here|now>',
    '<@U1>',
    '<#C1>',
    '<!subteam^S1>',
    '<https://evil.example|AWS>',
    '&lt;!channel&gt;',
    '*bold* _italic_ ~strike~ `code` ```pre```',
    '@here @channel @everyone #general',
    ':rotating_light: :skull:',
    'mailto:evil@example.com https://evil.example',
    hostile.slack,
    hostile.rightToLeft,
    hostile.lineEnds,
  ];

  it.each(attacks)('%s', async (attack) => {
    const base = alertContent();
    const changes = base.changes.map((change) => ({
      ...change,
      provision: { ...change.provision, title: attack, clauseType: attack },
      text: {
        before: attack,
        after: attack,
        diff: [
          { op: '-' as const, text: attack },
          { op: '+' as const, text: attack },
        ],
      },
      citation: attack,
      analysis: {
        summary: attack,
        consumerImpact: attack,
        businessImpact: attack,
        complianceMemo: attack,
        regulatoryCitations: [{ citation: attack, note: attack }],
        agencies: [{ code: attack, name: attack, note: attack, complaintUrl: `javascript:${attack}` }],
      },
      capture: { before: null, after: { capturedAt: '2026-05-04T08:58:40Z', sourceUrl: attack } },
    }));
    const named = {
      entity: { ...base.entity, name: attack },
      document: { ...base.document, title: attack, url: attack },
    };
    const sent = await message(alertContent({ ...named, changes }));
    expect(slackFaults(sent)).toEqual([]);
    expect(JSON.stringify(sent.blocks)).not.toContain('"url":"https://evil');
    expect(sent.text).not.toMatch(/:[a-z_]+:/);
    expect(JSON.stringify(sent)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  });

  it('puts an attack into a title as the characters it is', async () => {
    const content = alertContent({ changes: [changeContent()] });
    content.entity.name = '<!channel> *x*';
    const sent = await message(content);
    expect(sent.blocks[0]).toEqual({
      type: 'header',
      text: {
        type: 'plain_text',
        emoji: false,
        text: '▲ High — <!channel> *x*: Harbourline Terms of Service',
      },
    });
    expect(sent.text).toContain('&lt;!channel&gt;');
  });
});

describe('a long alert', () => {
  const clause = 'We keep what you send us and what we learn of you. '.repeat(2_000);
  const changes = Array.from({ length: 40 }, (_, index) =>
    changeContent({
      id: String(index),
      text: {
        before: clause,
        after: clause,
        diff: [
          { op: '=', text: clause },
          { op: '-', text: 'for a year' },
          { op: '+', text: 'forever' },
          { op: '=', text: clause },
        ],
      },
      analysis: { summary: clause, consumerImpact: clause, complianceMemo: clause },
    }),
  );

  it('stays within the limits, shows the changed words and counts what found no room', async () => {
    const template = await channel.render(alertContent({ changes }));
    const sent = channel.fill(template, recipient());
    const blocks = JSON.stringify(sent.blocks);
    const { omitted } = template.linked;
    expect(slackFaults(sent)).toEqual([]);
    expect(omitted).toBeGreaterThan(0);
    expect(blocks).toContain(`${omitted} more changes in the full alert.`);
    expect(blocks).toContain('"text":"forever"');
    expect(blocks.match(/"url":"https:\/\/tocsin\.example\/changes\//g)).toHaveLength(40 - omitted);
  });

  it('shows no more than there are blocks for', () => {
    const { blocks, omitted } = fitChanges(changes.slice(0, 9), { weight: 1_000_000, blocks: 14 });
    expect(omitted).toBe(0);
    expect(blocks).toHaveLength(14);
  });

  it('never grows past our ceiling by what a reader adds', async () => {
    const template = await channel.render(alertContent({ changes }));
    const longest = `https://tocsin.example/${'a'.repeat(470)}`;
    const watchlists = Array.from({ length: 9 }, () => ({ id: '1', name: '漢'.repeat(80) }));
    const sent = channel.fill(template, recipient({ alert: { id: '1', url: longest, watchlists } }));
    expect(JSON.stringify(sent.blocks)).toContain(longest);
    expect(totalWeight(sent.blocks)).toBeLessThanOrEqual(maxWeight);
  });

  it('names many before it tells one at length', async () => {
    const { omitted } = (await channel.render(alertContent({ changes }))).linked;
    expect(40 - omitted).toBeGreaterThan(15);
  });

  it('has nothing left out when all fits', async () => {
    expect((await channel.render(alertContent())).linked.omitted).toBe(0);
  });
});
