import { describe, expect, it } from 'vitest';
import type { CoverageContent } from '../../../src/domain/coverage-content.js';
import { hostile } from '../../support/alert-content-fixture.js';
import { mailOf } from './email-fixture.js';
import { coverageContent, readerWithoutAlert } from './later-content.js';

const mail = async (overrides: Partial<CoverageContent> = {}) =>
  mailOf(coverageContent(overrides), readerWithoutAlert());
const flowing = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('the mail about a document out of sight', () => {
  it('says which, since when, why, and what its silence means', async () => {
    const { subject, text, html } = await mail();
    expect(subject).toBe('[Out of sight] Harbourline: Harbourline Terms of Service');
    for (const part of [flowing(text), html]) {
      expect(part).toContain("Harbourline Terms of Service can't be seen any more");
      expect(part).toContain('since 1 May 2026, 09:30 UTC');
      expect(part).toContain('its silence means nothing');
      expect(part).toContain('The server answers 403 to every reader.');
    }
    expect(html).toContain('href="https://tocsin.example/documents/CA-D-00310"');
  });

  it('tells a document at which nobody looked from one that cannot be reached', async () => {
    const { text } = await mail({ cause: 'unverified', detail: null, lastVerified: null });
    expect(flowing(text)).toContain('Nobody has looked at this document since');
    expect(text).not.toContain('The archive says');
  });

  it('says when it is back, in the same conversation', async () => {
    const { subject, text } = await mail({ about: 'back', detail: null });
    expect(subject).toBe('Re: [In sight again] Harbourline: Harbourline Terms of Service');
    expect(flowing(text)).toContain('silence means once more that nothing changed');
  });

  it('says why it comes and how to leave', async () => {
    const { text, headers } = await mail();
    expect(text).toContain('You get this mail because a watchlist of yours follows this document.');
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });

  it.each(Object.entries(hostile))('shows %s as words', async (_, hostileText) => {
    const poisoned = (text: string): Partial<CoverageContent> => ({
      archiveName: text,
      entity: { id: 'x', name: text },
      document: { id: 'x', title: text, url: 'javascript:alert(1)' },
      detail: text,
    });
    const tagsOf = (html: string) => [...html.matchAll(/<\/?[a-z][a-z0-9]*/gi)].map(([tag]) => tag);
    const { subject, html } = await mail(poisoned(hostileText));
    expect(tagsOf(html)).toEqual(tagsOf((await mail(poisoned('plain words'))).html));
    expect(html).not.toContain('javascript:');
    expect(html + subject).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});
