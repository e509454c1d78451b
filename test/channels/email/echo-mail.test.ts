import { describe, expect, it } from 'vitest';
import { type EchoContent } from '../../../src/domain/echo-content.js';
import { echoKinds } from '../../../src/domain/echo-kind.js';
import {
  alertContent,
  changeContent,
  changesOfEveryKind,
  hostile,
  recipient,
} from '../../support/alert-content-fixture.js';
import { mailOf } from './email-fixture.js';
import { echoContent } from './later-content.js';

const flowing = (text: string) => text.replaceAll(/\s+/g, ' ');
const wordsOf = (html: string) => flowing(html.replaceAll(/<style[^]*?<\/style>|<[^>]*>/g, ' '));
const both = (mail: { text: string; html: string }) => [flowing(mail.text), wordsOf(mail.html)];

/** Two of an alert's three changes. */
const partly = (about: EchoContent['about']) =>
  echoContent(about, { changes: changesOfEveryKind.slice(0, 2), alertChanges: 3 });

describe('what a mail says has become of an alert', () => {
  it.each(echoKinds)('has the subject of the alert behind its mark: %s', async (about) => {
    const { subject } = await mailOf(alertContent({ changes: [changeContent()] }));
    const mark = about.charAt(0).toUpperCase() + about.slice(1);
    expect((await mailOf(echoContent(about))).subject).toBe(`Re: [${mark}] ${subject}`);
  });

  it('says in its subject of how many changes it speaks, when the rest stands', async () => {
    expect((await mailOf(partly('reverted'))).subject).toMatch(
      /^Re: \[2 of 3 reverted\] \[High ▲\] Harbourline: /,
    );
    expect((await mailOf(partly('reminder'))).subject).toMatch(/^Re: \[Reminder\] \[High ▲\] Harbourline: /);
  });

  it('tells of a revert what was told, when it went back, and by which change', async () => {
    const mail = await mailOf(echoContent('reverted'));
    for (const part of both(mail)) {
      expect(part).toContain('Went back: Liability for Loss of Data');
      expect(part).toContain('went back on 5 May 2026, 14:10 UTC');
      expect(part).toMatch(/told as: Medium .*→ High .*▲ rose/);
      expect(part).not.toContain('Takes effect');
      expect(part).not.toContain('Keep a copy of everything');
    }
    expect(mail.html).toContain('href="https://tocsin.example/changes/61"');
    expect(mail.text).toContain(
      'Undone by the change of 5 May 2026, 14:10 UTC:\nhttps://tocsin.example/changes/61',
    );
    expect(mail.text).toContain('[-reasonable-] {+commercially practicable+}');
  });

  it('tells of a part that the rest stands', async () => {
    for (const part of both(await mailOf(partly('reverted')))) {
      expect(part).toContain('2 of the 3 changes that you were told of');
      expect(part).toContain('What else was told stands.');
      expect(part).toContain('Binding Arbitration and Class Action Waiver');
    }
  });

  it("tells of a retraction the archive's reason", async () => {
    for (const part of both(await mailOf(echoContent('retracted')))) {
      expect(part).toContain('The archive took back');
      expect(part).toMatch(/The archive says: “ ?The capture was of a draft that was never in force\. ?”/);
    }
  });

  it('tells what a corrected change says now, in full', async () => {
    const mail = await mailOf(echoContent('corrected'));
    for (const part of both(mail)) {
      expect(part).toContain('The archive corrected');
      expect(part).toContain('Keep a copy of everything');
    }
    expect(mail.html).toMatch(/<del [^>]*>reasonable<\/del>/);
  });

  it('reminds of the day on which a rise takes effect', async () => {
    for (const part of both(await mailOf(echoContent('reminder')))) {
      expect(part).toContain('Takes effect in 7 days: Liability for Loss of Data');
      expect(part).toContain('takes effect in 7 days, on 1 June 2026');
      expect(part).toContain('Keep a copy of everything');
    }
    expect((await mailOf(echoContent('reminder', { at: '2026-05-31T06:00:00Z' }))).text).toContain(
      'Takes effect in 1 day:',
    );
  });

  it.each(echoKinds)('links to the alert, says why it comes, and how to leave: %s', async (about) => {
    const { text, html, headers } = await mailOf(echoContent(about));
    expect(html).toContain('href="https://tocsin.example/alerts/7001"');
    expect(text).toContain('https://tocsin.example/alerts/7001');
    expect(text).toContain('your watchlists “Hosting vendors” and “Arbitration & class actions” matched');
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    await expect(mailOf(echoContent(about), recipient({ alert: null }))).rejects.toThrow(RangeError);
  });
});

describe('hostile texts in it', () => {
  const poisoned = (about: EchoContent['about'], text: string) => {
    const base = echoContent(about);
    return echoContent(about, {
      archiveName: text,
      entity: { ...base.entity, name: text },
      document: { ...base.document, title: text },
      reason: text,
      changes: base.changes.map((change) => ({
        ...change,
        provision: { ...change.provision, id: text, title: text },
        text: {
          before: text,
          after: text,
          diff: [
            { op: '-', text },
            { op: '+', text },
          ],
        },
        citation: text,
        analysis: { summary: text, complianceMemo: text },
      })),
    });
  };
  const tagsOf = (html: string) =>
    [...html.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag).filter((tag) => tag !== '<br');

  it.each(
    echoKinds.flatMap((about) => Object.entries(hostile).map(([name, text]) => [about, name, text] as const)),
  )('of %s show %s as words', async (about, _, text) => {
    const { subject, html, headers } = await mailOf(poisoned(about, text));
    const plain = await mailOf(poisoned(about, 'plain words'));
    expect(tagsOf(html)).toEqual(tagsOf(plain.html));
    expect(html + subject).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(Object.keys(headers)).toEqual(Object.keys(plain.headers));
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

it('stays below what Gmail shows, with 40 changes of 60 KB each', async () => {
  const long = 'An exceedingly long clause, <b>marked up</b> & "quoted". '.repeat(1_000);
  const change = changeContent({
    text: {
      before: long,
      after: long,
      diff: [
        { op: '-', text: long },
        { op: '+', text: long },
      ],
    },
    analysis: { summary: long, complianceMemo: long },
  });
  for (const about of ['reverted', 'corrected'] as const) {
    const changes = Array.from({ length: 40 }, () => change);
    const { html, text } = await mailOf(echoContent(about, { changes, reason: long }));
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(html).toMatch(/>\d+ more changes in this alert</);
    expect(text).toMatch(/\d+ more changes in this alert:/);
  }
});
