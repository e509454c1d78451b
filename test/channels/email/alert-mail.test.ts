import { describe, expect, it } from 'vitest';
import type { AlertContent } from '../../../src/domain/alert-content.js';
import {
  alertContent,
  changeContent,
  changesOfEveryKind,
  hostile,
  recipient,
} from '../../support/alert-content-fixture.js';
import { slotWords } from '../../../src/channels/email/slots.js';
import { mailOf } from './email-fixture.js';

const gmailClipsAtBytes = 102_000;

/** Every text of the content replaced by a hostile one. */
function poisoned(text: string): AlertContent {
  const base = alertContent();
  return alertContent({
    archiveName: text,
    entity: { ...base.entity, name: text },
    document: { ...base.document, title: text },
    changes: changesOfEveryKind.map((change) => ({
      ...change,
      provision: { ...change.provision, id: text, title: text },
      text: {
        before: text,
        after: text,
        diff: [
          { op: '-', text },
          { op: '+', text },
          { op: '=', text },
        ],
      },
      citation: text,
      analysis: {
        summary: text,
        consumerImpact: text,
        businessImpact: text,
        complianceMemo: text,
        regulatoryCitations: [{ citation: text, note: text }],
        agencies: [{ code: text, name: text, note: text }],
      },
    })),
  });
}

const poisonedReader = (text: string) =>
  recipient({
    alert: { id: '1', url: 'https://tocsin.example/alerts/1', watchlists: [{ id: '1', name: text }] },
  });

describe('what an alert mail says', () => {
  it('answers what, how bad, which way and since when before anything else', async () => {
    const { text, html } = await mailOf(alertContent({ changes: [changeContent()] }));
    const first = text.split('\n').slice(0, 5).join('\n');
    expect(first).toBe(
      "[High ▲] Rose from Medium to High\n\nLiability for Loss of Data\nHarbourline · Harbourline Terms of Service\nSeen 4 May 2026, 09:00 UTC. Takes effect 1 June 2026 (28 days' notice).",
    );
    expect(html).toContain('>High ▲</span>');
    expect(html).toMatch(
      /Medium <span aria-hidden="true">●●○<\/span>.*→.*High <span aria-hidden="true">●●●<\/span>.*▲ rose/s,
    );
  });

  it('marks removed and added words without relying on colour', async () => {
    const { text, html } = await mailOf(alertContent({ changes: [changeContent()] }));
    expect(html).toMatch(/<del [^>]*text-decoration:line-through[^>]*>reasonable<\/del>/);
    expect(html).toMatch(/<ins [^>]*text-decoration:underline[^>]*>commercially practicable<\/ins>/);
    expect(text).toContain('[-reasonable-] {+commercially practicable+}');
  });

  it('gives the provenance and the citation line', async () => {
    const change = changeContent();
    const { text, html } = await mailOf(alertContent({ changes: [change] }));
    for (const said of [
      change.citation,
      change.capture.after?.sha256 ?? '',
      change.capture.before?.sha256 ?? '',
    ]) {
      expect(html).toContain(said);
      expect(text).toContain(said);
    }
    expect(html).toContain(`href="${change.capture.after?.archiveUrl ?? ''}"`);
    expect(html).toContain(`href="${change.capture.after?.sourceUrl ?? ''}"`);
  });

  it('tells standing and exposure', async () => {
    const { text } = await mailOf(
      alertContent({ changes: [changeContent({ standing: { lower: 4, equal: 2, higher: 1 } })] }),
    );
    const flowing = text.replaceAll(/\s+/g, ' ');
    expect(flowing).toContain(
      "Among 7 other platforms' clauses of this type: 4 are rated lower, 2 equal, 1 higher.",
    );
    expect(flowing).toContain(
      'Exposure: this document up from 17 to 24, Harbourline in all up from 58 to 65.',
    );
  });

  it('names what is locked and the tier that shows it, and shows nothing of it', async () => {
    const { text, html } = await mailOf(alertContent({ tier: 'free' }));
    for (const part of [text, html]) {
      expect(part).toContain('Compliance memo: in Professional');
      expect(part).toContain('Regulatory citations: in Watcher');
      expect(part).not.toContain('9 U.S.C.');
      expect(part).not.toContain('Re-run the vendor risk review');
    }
  });

  it('says that it is a follow-up', async () => {
    const said = 'You were alerted to this revision before';
    expect((await mailOf(alertContent({ followUp: true }))).html).toContain(said);
    expect((await mailOf(alertContent({ followUp: false }))).html).not.toContain(said);
  });

  it('says which watchlists it comes from, and how to leave', async () => {
    const { text, html } = await mailOf(alertContent());
    expect(text).toContain('your watchlists “Hosting vendors” and “Arbitration & class actions” matched');
    expect(html).toContain('“Hosting vendors” and “Arbitration &amp; class actions”');
    expect(html).toContain('href="https://tocsin.example/unsubscribe?token=u1.K3fZ9-q_7w"');
    expect(text).toContain('Unsubscribe: https://tocsin.example/unsubscribe?token=u1.K3fZ9-q_7w');
  });

  it('needs the alert that it is about', async () => {
    await expect(mailOf(alertContent(), recipient({ alert: null }))).rejects.toThrow(RangeError);
  });
});

describe('an alert mail of hostile text', () => {
  it.each(Object.entries(hostile))('shows %s as words', async (_name, text) => {
    const { html } = await mailOf(poisoned(text), poisonedReader(text));
    expect(html).not.toMatch(/<script|<img|<h1>owned|<mj-/i);
    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    // The conditional comments are MJML's own; text ends none and opens none.
    expect(html.match(/<!--/g)).toEqual((await mailOf(poisoned('plain words'))).html.match(/<!--/g));
    expect(tagsOf(html)).toEqual(tagsOf((await mailOf(poisoned('plain words'))).html));
  });

  it('keeps the headers of a watchlist with line ends in its name', async () => {
    const mail = await mailOf(poisoned(hostile.lineEnds), poisonedReader(hostile.lineEnds));
    expect(JSON.stringify([mail.subject, mail.messageId, mail.headers])).not.toMatch(/\\r|\\n/);
  });

  it('cannot name a slot, not even one of another content', async () => {
    const known = Object.values(slotWords(alertContent())).join(' ');
    const reader = recipient({
      alert: { id: '1', url: 'https://tocsin.example/alerts/secret', watchlists: [] },
    });
    const { html, text } = await mailOf(poisoned(known), reader);
    expect(html.match(/alerts\/secret/g)).toHaveLength(1);
    expect(text.match(/alerts\/secret/g)).toHaveLength(1);
  });

  it('links to nothing but http(s), and to nothing endless', async () => {
    const base = alertContent();
    const { html } = await mailOf(
      alertContent({
        document: { ...base.document, url: 'javascript:alert(1)' },
        changes: [
          changeContent({
            capture: {
              before: {
                capturedAt: '2026-01-01T00:00:00Z',
                sourceUrl: `https://long.example/${'a'.repeat(1_900)}`,
              },
              after: null,
            },
          }),
        ],
      }),
    );
    expect(html).not.toContain('javascript:');
    expect(html).toContain('long.example/aaa');
    expect(html).not.toContain('href="https://long.example');
  });

  it('lets no link be anything but http(s)', async () => {
    const reader = recipient({ alert: { id: '1', url: 'javascript:alert(1)', watchlists: [] } });
    await expect(mailOf(alertContent(), reader)).rejects.toThrow(RangeError);
  });
});

/** The names of the tags, in order. A text's own line ends become `<br>`, which is no harm. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag).filter((tag) => tag !== '<br');
}

describe('a mail that could grow too long', () => {
  const long = 'An exceedingly long clause, <b>marked up</b> & "quoted". '.repeat(1_800);
  const changes = Array.from({ length: 40 }, (_, index) =>
    changeContent({
      id: String(index),
      text: {
        before: long,
        after: long,
        diff: [
          { op: '=', text: long },
          { op: '-', text: `needle ${index}` },
          { op: '+', text: long },
        ],
      },
      analysis: {
        summary: long,
        consumerImpact: long,
        businessImpact: long,
        complianceMemo: long,
        regulatoryCitations: Array.from({ length: 30 }, () => ({
          citation: long.slice(0, 500),
          note: long.slice(0, 500),
        })),
        agencies: Array.from({ length: 30 }, () => ({
          code: 'X',
          name: 'An agency',
          note: long.slice(0, 500),
        })),
      },
    }),
  );

  it('stays below what Gmail shows, with 40 changes of 100 KB each', async () => {
    const { html, text } = await mailOf(alertContent({ changes }));
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(Buffer.byteLength(html)).toBeLessThan(gmailClipsAtBytes);
    expect(text.length).toBeLessThan(200_000);
    expect(html).toContain('needle 0');
  });

  it('cuts a long clause around the words that changed, and marks where', async () => {
    const filler = (word: string) => `${word} `.repeat(400);
    const diff = [
      { op: '=', text: filler('before') },
      { op: '-', text: 'may' },
      { op: '+', text: 'must' },
      { op: '=', text: ` ${filler('after')}` },
    ] as const;
    const change = changeContent({ text: { before: '', after: '', diff: [...diff] } });
    const { html, text } = await mailOf(alertContent({ changes: [change] }));
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/\[…\] (?:before )+\[-may-\] \{\+must\+\} (?:after )+\[…\]/);
    expect(html).toMatch(/ … <\/span>\s*(?:before )+<del/);
    expect(text.match(/\b(?:before|after)\b/g)?.length).toBeLessThan(100);
  });

  it('tells at most ten changes in full, then counts the rest and links to it', async () => {
    const short = Array.from({ length: 13 }, (_, index) => changeContent({ id: String(index) }));
    const { html, text } = await mailOf(alertContent({ changes: short }));
    expect(html).toContain('10 of 13');
    expect(html).not.toContain('11 of 13');
    expect(html).toContain('3 more changes');
    expect(text).toContain('3 more changes in this alert:\nhttps://tocsin.example/alerts/7001');
  });

  it('stays below it even when every character has to be escaped and every word is a change', async () => {
    const nasty = '"&'.repeat(20_000);
    const diff = Array.from({ length: 4_000 }, (_, index) => ({
      op: (['+', '-', '='] as const)[index % 3] ?? '=',
      text: '" ',
    }));
    const [change] = changes;
    const worst = changeContent({
      ...change,
      text: { before: nasty, after: nasty, diff },
      capture: {
        before: { capturedAt: '2026-01-01T00:00:00Z', sourceUrl: `https://a.example/${'&'.repeat(1_900)}` },
        after: { capturedAt: '2026-01-01T00:00:00Z', archiveUrl: `https://a.example/${'&'.repeat(780)}` },
      },
      citation: nasty,
      analysis: { summary: nasty, consumerImpact: nasty, businessImpact: nasty, complianceMemo: nasty },
    });
    const { html } = await mailOf(alertContent({ changes: Array.from({ length: 10 }, () => worst) }));
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });

  it('lets a word of 50,000 characters break', async () => {
    const word = 'x'.repeat(50_000);
    const change = changeContent({ text: { before: word, after: null, diff: [{ op: '-', text: word }] } });
    const { html } = await mailOf(alertContent({ changes: [change] }));
    // `word-break` is inherited, through the table that the diff stands in.
    expect(html).toMatch(/word-break:break-word;"\s*>\s*<div[^>]*>[^]*<del[^>]*>x{1000}/);
  });
});
