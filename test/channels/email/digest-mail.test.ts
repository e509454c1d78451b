import { describe, expect, it } from 'vitest';
import type { DigestContent } from '../../../src/domain/digest-content.js';
import { changeContent, hostile, recipient } from '../../support/alert-content-fixture.js';
import { mailOf } from './email-fixture.js';
import { digestContent, heartbeat, netChange, readerWithoutAlert } from './later-content.js';

const mail = async (content: DigestContent) => mailOf(content, readerWithoutAlert());
const flowing = (text: string) => text.replaceAll(/\s+/g, ' ');

/** As many net changes of one document as are wanted, each with a text of its own to look for. */
function manyChanges(count: number, change = changeContent()): DigestContent {
  const base = digestContent();
  const [entity] = base.entities;
  const [document] = entity!.documents;
  const changes = Array.from({ length: count }, (_, index) =>
    netChange({
      ...change,
      id: String(index),
      provision: { ...change.provision, title: `Clause no. ${index}.` },
    }),
  );
  return digestContent({
    entities: [{ ...entity!, documents: [{ ...document!, changes }] }],
    total: count,
    cancelledOut: 0,
    echoes: [],
  });
}

describe('what a digest says', () => {
  it('names in its subject the gravest rating on balance, how many changes, and whose', async () => {
    const { entities } = digestContent();
    const third = { ...entities[1]!, id: 'third', name: 'Thirdly' };
    expect((await mail(digestContent())).subject).toBe(
      '[High ▲] 5 changes in your daily digest: Harbourline, Pinecrest',
    );
    expect((await mail(digestContent({ entities: [...entities, third], total: 6 }))).subject).toBe(
      '[High ▲] 6 changes in your daily digest: Harbourline, Pinecrest +1',
    );
    expect((await mail(digestContent({ occasion: 'quiet-hours' }))).subject).toBe(
      '[High ▲] 5 changes held over quiet hours: Harbourline, Pinecrest',
    );
    expect((await mail(heartbeat({ occasion: 'weekly' }))).subject).toBe(
      'Nothing changed: your weekly digest',
    );
    const { echoes } = digestContent();
    expect((await mail(heartbeat({ echoes }))).subject).toBe(
      '1 earlier change no longer holds: your daily digest',
    );
  });

  it("tells the window on its reader's clock", async () => {
    const { text, html } = await mail(digestContent({ timeZone: 'America/New_York' }));
    const window = 'Sunday 3 May 2026, 02:00 to Monday 4 May 2026, 02:00 (America/New_York)';
    expect(text).toContain(window);
    expect(html).toContain(window);
  });

  it('groups by entity and document, with the exposure of each', async () => {
    const { text, html } = await mail(digestContent());
    const order = [
      '>Harbourline</h2>',
      'up from 58 to 65',
      '>Harbourline Terms of Service</a>',
      'up from 17 to 24',
      'Liability for Loss of Data',
      '>Harbourline Acceptable Use Policy</a>',
      'down from 12 to 4',
      '>Pinecrest</h2>',
    ].map((words) => html.lastIndexOf(words));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
    expect(text).toContain('HARBOURLINE\nExposure of all its documents up from 58 to 65\n');
  });

  it('tells of each clause before and after, the words, the day it takes effect and where it is from', async () => {
    const { text, html } = await mail(digestContent());
    expect(html).toMatch(/<del [^>]*>reasonable<\/del>/);
    for (const part of [flowing(text), html]) {
      expect(part).toContain("takes effect 1 June 2026 (28 days' notice)");
      expect(part).toContain('Captured 4 May 2026, 08:58 UTC · SHA-256 9b2f60c1d4e7a835…');
      expect(part).toContain('Record CA-P-1042');
      expect(part).toContain('Lost files are now your loss');
    }
    expect(text).toContain('[-reasonable-] {+commercially practicable+}');
  });

  it('links to the steps of a clause that changed several times, and of no other', async () => {
    const { text, html } = await mail(digestContent());
    expect(html.match(/changes, on balance/g)).toHaveLength(1);
    expect(html).toMatch(
      /<a href="https:\/\/tocsin\.example\/digests\/8101"[^>]*>3 changes, on balance<\/a>/,
    );
    expect(flowing(text)).toContain('3 changes, on balance');
  });

  it('says what is no longer so, and what cancelled out', async () => {
    const { text, html } = await mail(digestContent());
    for (const part of [flowing(text), flowing(html.replaceAll(/<[^>]*>/g, ' '))]) {
      expect(part).toMatch(/Went back\s+3 May 2026, 17:20/);
      expect(part).toContain('Pinecrest: Pinecrest Privacy Notice: Sharing with Advertisers');
      expect(part).toContain('You were told: Rose from Low to High.');
      expect(part).toContain('2 provisions changed and are again as they were.');
    }
    expect(html).toContain('href="https://tocsin.example/alerts/6990"');
  });

  it('counts what stands only on its page, and links there', async () => {
    const { text, html } = await mail(digestContent({ total: 17, omitted: 12 }));
    expect(html).toMatch(
      /<a href="https:\/\/tocsin\.example\/digests\/8101"[^>]*>12 more changes in this digest<\/a>/,
    );
    expect(text).toContain('12 more changes in this digest:\nhttps://tocsin.example/digests/8101');
    expect(flowing(html.replaceAll(/<[^>]*>/g, ''))).toContain('of the gravest 5: 2 rose, 2 fell');
    expect(html).not.toContain('Harbourline: 4 changes');
  });

  it('names what is locked once, and shows nothing of it', async () => {
    const change = netChange({
      analysis: { summary: 'Short.' },
      locked: ['regulatoryCitations', 'complianceMemo'],
    });
    const content = manyChanges(3, change);
    const { text, html } = await mail({ ...content, tier: 'free' });
    for (const part of [text, html]) {
      expect(part.match(/Compliance memo: in Professional/g)).toHaveLength(1);
      expect(part).toContain('Regulatory citations: in Watcher');
    }
  });

  it('is a sign of life when nothing changed', async () => {
    const { text, html } = await mail(heartbeat());
    for (const part of [text, html]) {
      expect(part).toContain('Nothing changed');
      expect(part).toContain('41 documents checked, the newest capture 3 h ago.');
    }
    const unknown = await mail(heartbeat({ coverage: { documents: 1, unseen: 0, lastVerified: null } }));
    expect(flowing(unknown.text)).toContain('You follow 1 document; the archive did not say');
    expect((await mail(heartbeat({ coverage: null }))).text).not.toContain('checked');
    expect((await mail(heartbeat({ cancelledOut: 1 }))).subject).toBe(
      'Nothing changed on balance: your daily digest',
    );
  });

  it('says which watchlists it is for, and how to leave', async () => {
    const { text, html, headers } = await mail(digestContent());
    expect(text).toContain(
      'You get this mail for your watchlists “Hosting vendors” and “Arbitration & class actions”.',
    );
    expect(html).toContain('“Arbitration &amp; class actions”');
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(headers['List-Unsubscribe']).toContain('<https://tocsin.example/unsubscribe?token=');
    expect(headers['Feedback-ID']).toBe('digest:professional:email:tocsin');
  });

  it('is dated at the end of its window, not when the first change came in', async () => {
    const reader = recipient({ alert: null, createdAt: '2026-04-27T06:00:01Z' });
    expect((await mailOf(digestContent(), reader)).date).toBe('2026-05-04T06:00:00Z');
    expect((await mail(digestContent())).date).toBe('2026-05-04T09:01:30Z');
  });
});

/** Every text of the content replaced by a hostile one. */
function poisoned(text: string): DigestContent {
  const { entities, echoes, ...base } = digestContent();
  return {
    ...base,
    archiveName: text,
    entities: entities.map((entity) => ({
      ...entity,
      name: text,
      documents: entity.documents.map((document) => ({
        ...document,
        title: text,
        changes: document.changes.map((change) => ({
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
          analysis: {
            summary: text,
            complianceMemo: text,
            regulatoryCitations: [{ citation: text, note: text }],
          },
        })),
      })),
    })),
    echoes: echoes.map((echo) => ({ ...echo, entity: text, document: text, provision: text })),
    watchlists: [{ id: '1', name: text }],
  };
}

/** The names of the tags, in order. A text's own line ends become `<br>`, which is no harm. */
const tagsOf = (html: string) =>
  [...html.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag).filter((tag) => tag !== '<br');

describe('a digest of hostile texts', () => {
  it.each(Object.entries(hostile))('shows %s as words', async (_, text) => {
    const { subject, html, headers } = await mail(poisoned(text));
    const plain = await mail(poisoned('plain words'));
    expect(tagsOf(html)).toEqual(tagsOf(plain.html));
    expect(html.match(/<!--/g)).toEqual(plain.html.match(/<!--/g));
    expect(html + subject).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(Object.keys(headers)).toEqual(Object.keys(plain.headers));
    expect(JSON.stringify([subject, headers])).not.toMatch(/\\r|\\n/);
  });

  it('links to nothing but http(s)', async () => {
    const content = digestContent();
    for (const { documents } of content.entities)
      for (const one of documents) one.url = 'javascript:alert(1)';
    expect((await mail(content)).html).not.toContain('javascript:');
  });
});

describe('a digest that could grow too long', () => {
  const nasty = '"& '.repeat(20_000);
  const worst = changeContent({
    text: {
      before: nasty,
      after: nasty,
      diff: Array.from({ length: 3_000 }, (_, index) => ({
        op: (['+', '-', '='] as const)[index % 3] ?? '=',
        text: '"& ',
      })),
    },
    capture: {
      before: null,
      after: { capturedAt: '2026-01-01T00:00:00Z', archiveUrl: `https://a.example/${'&'.repeat(700)}` },
    },
    analysis: { summary: nasty, complianceMemo: nasty, regulatoryCitations: [{ citation: nasty }] },
  });

  it('stays below what Gmail shows, with 60 changes of the worst kind', async () => {
    const { html } = await mail(manyChanges(60, worst));
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    const told = html.match(/Clause no\. \d+\.<\/a>/g)?.length ?? 0;
    expect(told).toBeGreaterThan(5);
    expect(html).toContain(`>${60 - told} more changes in this digest</a>`);
  });

  it('stays below it with hundreds of entities and echoes', async () => {
    const { entities, echoes } = digestContent();
    const name = nasty.slice(0, 2_000);
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...structuredClone(entities[1]!),
      id: String(index),
      name,
    }));
    const { html, subject } = await mail(
      digestContent({
        entities: many,
        total: 300,
        echoes: Array.from({ length: 300 }, () => ({ ...echoes[0]!, entity: name, provision: name })),
      }),
    );
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(html).toContain('and 288 more');
    expect(html).toContain('>and 285 more</a>');
    expect(subject.length).toBeLessThan(300);
  });

  it('keeps the gravest when it must leave out, wherever they stand', async () => {
    const content = manyChanges(60);
    const changes = content.entities[0]!.documents[0]!.changes;
    const mild = { kind: 'reworded', before: 'low', after: 'low', change: 0, direction: 'same' } as const;
    for (const change of changes.slice(0, -1)) change.delta = mild;
    const { html, text } = await mail(content);
    expect(html).toContain('Clause no. 59.');
    expect(text).toContain('Clause no. 59.');
    expect(html).toContain('Clause no. 0.');
    expect(html).not.toContain('Clause no. 40.');
    expect(html).toContain('30 more changes in this digest');
  });
});
