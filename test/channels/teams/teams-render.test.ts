import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { teamsChannel } from '../../../src/channels/teams/teams-channel.js';
import type { AlertContent, SummaryContent } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { alertContent, changeContent, hostile, recipient } from '../../support/alert-content-fixture.js';
import { buttonsOf, cardOf, textOf } from './card-text.js';
import { teamsFaults } from './teams-faults.js';

const channel = teamsChannel({ allowNetworks: [] });
afterAll(() => channel.close());

async function message(content: Content, reader = recipient()): Promise<string> {
  return channel.fill(await channel.render(content), reader).json;
}

const alone = recipient({ alert: null });
const summary: SummaryContent = {
  kind: 'summary',
  archiveName: 'ConductAtlas Policy Archive',
  since: '2026-05-04T09:00:00Z',
  cap: 30,
  total: 45,
  inboxUrl: 'https://tocsin.example',
  alerts: Array.from({ length: 10 }, (_, index) => ({
    url: `https://tocsin.example/alerts/${index}`,
    entity: 'Harbourline',
    document: 'Harbourline Terms of Service',
    provision: `Clause ${index}`,
    delta: changeContent().delta,
    moreChanges: index,
  })),
};

const goldens: Record<string, Content> = {
  'professional.json': alertContent(),
  'free.json': alertContent({ tier: 'free' }),
  'one-change.json': alertContent({
    tier: 'watcher',
    changes: alertContent({ tier: 'watcher' }).changes.slice(0, 1),
  }),
  'follow-up.json': alertContent({ followUp: true, changes: [changeContent()] }),
  'summary.json': summary,
  'test-message.json': { kind: 'test', archiveName: 'ConductAtlas Policy Archive' },
};

describe('the message of an alert', () => {
  it.each(Object.entries(goldens))('reads as in golden/%s and keeps to the limits', async (file, content) => {
    const json = await message(content, content.kind === 'alert' ? recipient() : alone);
    const text = `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
    const path = new URL(`golden/${file}`, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
    expect(teamsFaults(json)).toEqual([]);
  });

  it('says what changed, from where to where, why it matters and where it comes from', async () => {
    const [change] = alertContent({ tier: 'watcher' }).changes;
    const json = await message(alertContent({ tier: 'watcher', changes: [change!] }));
    const text = textOf(json);
    expect(text).toContain('▲ High — Harbourline: Harbourline Terms of Service');
    expect(text).toContain('this document up from 17 to 24, Harbourline in all up from 58 to 65');
    expect(text).toContain(
      "▲ Not in force → High · New clause, severity rose · posted 4 May 2026, takes effect 1 June 2026: 28 days' notice",
    );
    expect(text).toContain('Why it matters: Disputes can no longer go before a court.');
    expect(text).toContain('• 9 U.S.C. § 2: Federal Arbitration Act');
    expect(text).toContain('• Federal Trade Commission (FTC)');
    expect(text).toContain('Locked: Compliance memo (Professional tier)');
    expect(text).not.toContain('Check resale contracts');
    expect(text).toContain("Among 7 other platforms' clauses of this type");
    expect(text).toContain('captured 4 May 2026, 08:58 UTC');
    expect(text).toContain(change!.capture.after!.sha256);
    expect(text).toContain(change!.citation);
    expect(text).toContain('Matched by Hosting vendors, Arbitration & class actions');
    expect(buttonsOf(json)).toEqual([
      { title: 'Open the change', url: change!.url },
      { title: 'Source', url: change!.capture.after!.sourceUrl },
      { title: 'Archived copy', url: change!.capture.after!.archiveUrl },
      { title: 'Complain to FTC', url: 'https://reportfraud.ftc.gov/' },
      { title: 'Open the alert', url: 'https://tocsin.example/alerts/7001' },
      { title: 'Read the document', url: 'https://harbourline.example/legal/terms' },
    ]);
  });

  it('puts removed and added words in brackets, struck through and underlined', async () => {
    const json = await message(alertContent({ changes: [changeContent()] }));
    expect(textOf(json)).toContain('Words: [-removed-], {+added+}');
    expect(textOf(json)).toContain('We take [-reasonable-] {+commercially practicable+} care of the files');
    expect(json).toContain(
      '{"type":"TextRun","text":"[-reasonable-]","strikethrough":true,"color":"Attention"}',
    );
    expect(json).toContain(
      '{"type":"TextRun","text":"{+commercially practicable+}","underline":true,"color":"Good"}',
    );
  });

  it('names what notifications show, and marks a follow-up', async () => {
    const json = await message(alertContent({ followUp: true }));
    expect(cardOf(json).fallbackText).toBe('▲ High — Harbourline: Harbourline Terms of Service');
    expect(textOf(json)).toContain('Follow-up: 6 changes that came after the alert');
    expect(textOf(await message(alertContent()))).not.toContain('Follow-up');
  });

  it('fills in each reader’s own link and watchlists and leaves the template as it was', async () => {
    const template = await channel.render(alertContent());
    const before = structuredClone(template);
    const other = {
      id: '8',
      url: 'https://tocsin.example/alerts/8',
      watchlists: Array.from({ length: 7 }, (_, index) => ({ id: String(index), name: `List ${index}` })),
    };
    const first = channel.fill(template, recipient()).json;
    const second = channel.fill(template, recipient({ deliveryId: '77', alert: other })).json;
    expect(first).toContain('https://tocsin.example/alerts/7001');
    expect(second).not.toContain('7001');
    expect(textOf(second)).toContain('Matched by List 0, List 1, List 2, List 3, List 4 and 2 more');
    expect(template).toEqual(before);
  });

  it('leaves out what has nothing to show', async () => {
    const nothing = '\u0007';
    const analysis = {
      summary: nothing,
      regulatoryCitations: [{ citation: nothing }, { citation: '9 U.S.C. § 2' }],
      agencies: [{ code: nothing }],
    };
    const bare = {
      capture: { before: null, after: null },
      url: 'javascript:alert(1)',
      citation: '',
      analysis,
    };
    const json = await message(alertContent({ changes: [changeContent(bare)] }), alone);
    expect(teamsFaults(json)).toEqual([]);
    expect(textOf(json)).not.toMatch(/Who takes complaints|Why it matters|Provenance/);
    expect(buttonsOf(json)).toEqual([]);
  });

  it('never goes out to confirm a destination, nor as a notice', async () => {
    const notice = { kind: 'notice', about: 'failing', reason: '', since: null } as const;
    const destination = { kind: 'teams', label: null };
    await expect(channel.render({ kind: 'confirm', archiveName: 'A' })).rejects.toThrow(RangeError);
    await expect(channel.render({ ...notice, destination, archiveName: 'A' })).rejects.toThrow(RangeError);
    expect(channel.addressToConfirm({ webhookUrl: 'https://a.logic.azure.com/b' })).toBeNull();
  });
});

describe('what an event holds stays text', () => {
  const attacks = [
    '<at>General</at>',
    '</at><AT id="0">Everyone',
    '[AWS](https://evil.example)',
    '**bold** _italic_ ~~strike~~ `code`',
    '{{DATE(2017-02-14T06:00:00Z, SHORT)}}',
    '{{{TIME(2017-02-14T06:00:00Z)}}}',
    '${variables(secret)} @{body()}',
    '"}]},{"type":"Action.OpenUrl"',
    'https://evil.example www.evil.example',
    hostile.script,
    hostile.template,
    hostile.rightToLeft,
    hostile.lineEnds,
  ];

  it.each(attacks)('%s', async (attack) => {
    const base = alertContent();
    const changes = base.changes.map((change) => ({
      ...change,
      provision: { ...change.provision, title: attack, clauseType: attack },
      text: {
        ...change.text,
        diff: [{ op: '-', text: attack } as const, { op: '+', text: `${attack}{{` } as const],
      },
      analysis: {
        summary: attack,
        consumerImpact: attack,
        complianceMemo: attack,
        regulatoryCitations: [{ citation: attack, note: attack }],
        agencies: [{ code: attack, name: attack, complaintUrl: `https://a.example/?${attack}` }],
      },
      citation: attack,
    }));
    const content: AlertContent = {
      ...base,
      entity: { ...base.entity, name: attack },
      document: { ...base.document, title: attack },
      changes,
    };
    const alert = { ...recipient().alert!, watchlists: [{ id: '1', name: attack }] };
    const json = await message(content, recipient({ alert }));
    expect(teamsFaults(json)).toEqual([]);
    const hosts = new Set(buttonsOf(json).map(({ url }) => new URL(url).host));
    expect([...hosts].filter((host) => /evil/.test(host))).toEqual([]);
  });

  it('shows the characters as they came', async () => {
    const json = await message(
      alertContent({ changes: [changeContent({ citation: '[a](https://b.example) **c** <b>' })] }),
    );
    expect(textOf(json)).toContain('[a](https://b.example) **c** <b>');
  });
});

describe('a long alert', () => {
  const clause = 'We keep what you send us and what we learn of you. '.repeat(2_000);
  const changes = Array.from({ length: 40 }, (_, index) =>
    changeContent({
      id: String(index),
      provision: { ...changeContent().provision, title: `Clause ${index}.` },
      url: `https://tocsin.example/changes/${index}`,
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

  it('names the ten gravest, shows the changed words and counts the others', async () => {
    const template = await channel.render(alertContent({ changes }));
    const { json } = channel.fill(template, recipient());
    const text = textOf(json);
    expect(teamsFaults(json)).toEqual([]);
    expect(template.omitted).toBe(30);
    expect(text).toContain('30 more changes in the full alert');
    expect(text).toContain('of you. [-for a year-] {+forever+}');
    for (let index = 0; index < 10; index++) expect(text).toContain(`Clause ${index}.`);
    expect(text).not.toContain('Clause 10.');
    expect(buttonsOf(json).filter(({ title }) => title === 'Open the change').length).toBeGreaterThan(5);
  });

  it('stays in the ceiling with the longest links that a reader can have, without the names for which there is no room', async () => {
    const template = await channel.render(alertContent({ changes }));
    const url = `https://tocsin.example/${'a'.repeat(477)}`;
    const watchlists = Array.from({ length: 9 }, () => ({ id: '1', name: '漢'.repeat(80) }));
    const { json } = channel.fill(template, recipient({ alert: { id: '1', url, watchlists } }));
    expect(json).toContain(url);
    expect(teamsFaults(json)).toEqual([]);
  });

  it('tells one change at length when there is only one', async () => {
    const json = await message(alertContent({ changes: changes.slice(0, 1) }));
    expect(teamsFaults(json)).toEqual([]);
    expect(textOf(json).length).toBeGreaterThan(2_000);
  });

  it('cuts a diff of many small changes before it costs the card', async () => {
    const diff = Array.from({ length: 900 }, (_, index) => ({
      op: (['=', '-', '+'] as const)[index % 3]!,
      text: 'ab ',
    }));
    const json = await message(
      alertContent({ changes: [changeContent({ text: { before: '', after: '', diff } })] }),
    );
    expect(teamsFaults(json)).toEqual([]);
    expect(textOf(json)).toContain('[-ab-] {+ab+}');
  });

  it('has nothing left out when all fits', async () => {
    expect((await channel.render(alertContent())).omitted).toBe(0);
  });
});
