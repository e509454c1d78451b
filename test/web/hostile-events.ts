import { hostile } from '../support/alert-content-fixture.js';

/** Everything at once that a text could break a page with, and a word of 50,000 letters. */
const everything = Object.values(hostile).join(' ');
const longWord = 'w'.repeat(50_000);
const longTitle = `${everything} ${'t'.repeat(1_000)}`.slice(0, 1_000);
const longId = `${hostile.attribute}${hostile.script}\u202E${'i'.repeat(200)}`.slice(0, 200);
const longUrl = `https://evil.example/"><script>alert(1)</script>${'u'.repeat(1_900)}`;

const capture = {
  capturedAt: '2026-03-06T20:03:12Z',
  sourceUrl: longUrl,
  archiveUrl: `https://user:pass@evil.example:8443/${encodeURIComponent(everything).slice(0, 900)}`,
  sha256: 'c61af89c19589f506fd3fc8bbb8010407f0052d2e845554c876b99cc2495d2ce',
};

/** An event that is valid, and as hostile as valid events get, in every field that is shown. */
export function hostileEvent(id: string) {
  return {
    specversion: '1.0',
    type: 'provision.changed.v1',
    source: 'https://archive.test',
    id,
    time: '2026-03-24T09:00:00Z',
    subject: longId,
    data: {
      entity: { id: longId, name: longTitle },
      document: { id: longId, title: longTitle, url: longUrl },
      provision: {
        id: longId,
        title: longTitle,
        clauseType: 'c'.repeat(200),
        categories: Array.from({ length: 50 }, (_, n) => `category-${n}-${'x'.repeat(180)}`),
        url: longUrl,
      },
      revision: { id: longId, size: 1 },
      before: { severity: 'low', text: `${everything} ${longWord}`, capture },
      after: {
        severity: 'high',
        text: `${everything} \u202E${longWord.slice(1)} \u05E9\u05DC\u05D5\u05DD`,
        capture,
      },
      effectiveAt: '2026-06-01',
      analysis: {
        summary: `${everything} ${longWord}`,
        consumerImpact: everything,
        businessImpact: everything,
        regulatoryCitations: [
          { citation: everything.slice(0, 500), note: `${everything} ${'n'.repeat(9_000)}` },
        ],
        complianceMemo: `${everything} ${'m'.repeat(9_000)}`,
        agencies: [
          {
            code: longId,
            name: `${everything} ${'a'.repeat(9_000)}`,
            note: everything,
            complaintUrl: longUrl,
          },
        ],
      },
    },
  };
}
