import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { ChangeView } from '../../src/domain/change-view.js';
import { changePage } from '../../src/web/archive/change-page.js';
import { siteOf } from '../../src/web/frame/site.js';
import { strangerVisit } from '../../src/web/frame/visit.js';
import { WordDiff } from '../../src/web/parts/word-diff.js';

const visit = strangerVisit(
  siteOf({ archiveName: 'Archive', publicUrl: 'https://tocsin.example', smtpUrl: null }),
);

/** As the ledger could hold it from before intake was strict. */
function change(given: Partial<ChangeView>): ChangeView {
  return {
    id: '1',
    source: 'https://archive.example',
    eventId: 'e',
    time: '2026-03-24T09:00:00Z',
    receivedAt: '2026-03-24T09:00:01Z',
    effectiveAt: null,
    entity: { id: 'acme', name: 'Acme' },
    document: { id: 'd', title: 'Terms', url: null },
    provision: { id: 'p', title: 'Liability', clauseType: 'liability', categories: [], url: null },
    revision: null,
    delta: { kind: 'reworded', before: 'low', after: 'low', change: 0, direction: 'same' },
    standing: { lower: 0, equal: 0, higher: 0 },
    exposure: { entity: { before: 1, after: 1 }, document: { before: 1, after: 1 } },
    late: false,
    gap: false,
    verdict: 'news',
    undoneBy: null,
    retracted: null,
    correction: 0,
    text: { before: 'a', after: 'b', diff: [] },
    capture: { before: null, after: null },
    ...given,
  };
}

describe('links out of the archive’s data', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/v1/account',
    'https://[',
    '',
  ])('are none when they say %j', (url) => {
    const page = changePage(
      visit,
      change({
        document: { id: 'd', title: 'Terms', url },
        provision: { id: 'p', title: 'Liability', clauseType: 'liability', categories: [], url },
        capture: {
          before: { capturedAt: '2026-03-06T20:03:12Z', sourceUrl: url },
          after: { capturedAt: '2026-03-06T20:03:12Z', archiveUrl: url },
        },
      }),
    );

    const hrefs = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs.filter((href) => !/^(#|\/[a-z])/.test(href!))).toEqual(['/']);
    expect(hrefs).not.toContain(url);
  });

  it('show the host as it is spelled in ASCII, so that look-alike letters give themselves away', () => {
    const page = changePage(
      visit,
      change({
        capture: {
          before: null,
          after: { capturedAt: '2026-03-06T20:03:12Z', sourceUrl: 'https://аpple.com/x' },
        },
      }),
    );

    expect(page).toContain('<bdi>xn--pple-43d.com/x</bdi>');
  });
});

describe('when it takes effect', () => {
  it.each([
    ['2026-04-23', "23 April 2026</time> (30 days' notice)"],
    ['2026-03-24', '(takes effect at once, without notice)'],
    ['2026-03-23', '(took effect 1 day before it was posted)'],
  ])('comes with the notice that was given: %s', (effectiveAt, shown) => {
    expect(changePage(visit, change({ effectiveAt }))).toContain(shown);
  });
});

describe('the word diff', () => {
  it('marks the words and not the spaces around them, and loses no character', () => {
    const page = render(
      WordDiff({
        diff: [
          { op: '=', text: 'You' },
          { op: '-', text: '  may  ' },
          { op: '+', text: ' ' },
          { op: '=', text: 'go' },
        ],
      }),
    );

    const shown = /<blockquote[^>]*>(.*)<\/blockquote>/s
      .exec(page)![1]!
      .replaceAll(/<span class="unseen">[^<]*<\/span>/g, '');
    expect(shown).toBe('You  <del>may</del>  <ins> </ins>go');
  });

  it('says so when only the rating moved', () => {
    const text = { before: 'Same.', after: 'Same.', diff: [{ op: '=' as const, text: 'Same.' }] };

    expect(changePage(visit, change({ text }))).toContain('The words stayed the same.');
  });

  it('spells out characters that would turn the reading order around', () => {
    const text = { before: null, after: 'refund \u202Ednufer', diff: [] };
    const page = changePage(visit, change({ text }));

    expect(page).toContain('[U+202E]');
    expect(page).not.toContain('\u202E');
  });
});
