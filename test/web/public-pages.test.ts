import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Severity } from '../../src/domain/severity.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

/** Takes an event in. @returns the id of its change */
async function changed(options: Parameters<typeof provisionEvent>[0]): Promise<string> {
  const event = provisionEvent(options);
  await app.postEvents([event]);
  const [row] = await app.database.query<{ id: string }>('select id from change where event_id = $1', [
    event.id,
  ]);
  return row!.id;
}

const capture = {
  capturedAt: '2026-03-06T20:03:12Z',
  sourceUrl: 'https://aws.example/aup/',
  archiveUrl: 'https://archive.example/20260306/aup',
  sha256: 'C61AF89C19589F506FD3FC8BBB8010407F0052D2E845554C876B99CC2495D2CE',
};

function captured(severity: Severity, text: string) {
  return { ...side(severity, text), capture };
}

describe('the home page', () => {
  it('says what this is while there is nothing to show, and leads on', async () => {
    const { status, text } = await app.call('GET', '/');

    expect(status).toBe(200);
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('href="/docs"');
    expect(text).toContain('href="/sandbox/mailbox"');
    expect(text).not.toContain('Newest changes');
  });

  it('lists the newest changes', async () => {
    const id = await changed({ provision: 'newest', before: side('low'), after: side('high') });
    const { text } = await app.call('GET', '/');

    expect(text).toContain('Newest changes');
    expect(text).toContain(`href="/changes/${id}"`);
  });

  it('names no mailbox where mail really goes out', async () => {
    const real = await startApp({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'Tocsin <alerts@example.org>' });
    try {
      expect((await real.call('GET', '/')).text).not.toContain('mailbox');
    } finally {
      await real.stop();
    }
  });
});

describe('the page of a change', () => {
  it('shows what changed, how grave it is, and the evidence whole', async () => {
    const id = await changed({
      entity: 'amazon',
      clauseType: 'acceptable-use',
      before: captured('medium', 'You answer for your own use.'),
      after: captured('high', 'You answer for any use.'),
      time: '2026-03-24T10:00:00+01:00',
      effectiveAt: '2026-06-01',
    });
    const { status, text } = await app.call('GET', `/changes/${id}`);

    expect(status).toBe(200);
    expect(text).toMatch(/<h1><bdi>Provision amazon-terms-1<\/bdi><\/h1>/);
    expect(text).toMatch(/Medium<\/span>.*→.*High<\/span>.*▲<\/span> rose/s);
    expect(text).toContain('Escalated');
    expect(text).toContain('<time datetime="2026-03-24T09:00:00.000Z">24 March 2026, 09:00 UTC</time>');
    expect(text).toContain('<time datetime="2026-06-01">1 June 2026</time>');
    expect(text).toMatch(/<del><span class="unseen"> \[removed: <\/span>your own<span/);
    expect(text).toMatch(/<ins><span class="unseen"> \[added: <\/span>any<span/);
    expect(text).toContain(`<code class="hash">${capture.sha256.toLowerCase()}</code>`);
    expect(text).toContain(`href="${capture.sourceUrl}"`);
    expect(text).toContain(`href="${capture.archiveUrl}"`);
    expect(text).toContain(
      'ConductAtlas Policy Archive | Entity: Amazon | Document: Terms of amazon | Record: amazon-terms-1',
    );
    expect(text).toContain('No other platform in the archive has a clause of this type.');
  });

  it('holds nothing of the analysis: that belongs to tiers', async () => {
    const analysis = {
      summary: 'summary-of-it',
      consumerImpact: 'impact-of-it',
      regulatoryCitations: [{ citation: 'citation-of-it' }],
      complianceMemo: 'memo-of-it',
      agencies: [{ code: 'agency-of-it' }],
    };
    const { text } = await app.call(
      'GET',
      `/changes/${await changed({ provision: 'with-analysis', analysis })}`,
    );

    expect(text).not.toContain('-of-it');
  });

  it('says when a change came late, and when one may be missing before it', async () => {
    await changed({ provision: 'p', time: '2026-03-02T00:00:00Z', before: null, after: side('low', 'One.') });
    const gap = await changed({
      provision: 'p',
      time: '2026-03-03T00:00:00Z',
      before: side('low', 'Two.'),
      after: side('low', 'Three.'),
    });
    const late = await changed({
      provision: 'p',
      time: '2026-03-01T00:00:00Z',
      before: side('low', 'Zero.'),
      after: side('low', 'One.'),
    });

    expect((await app.call('GET', `/changes/${gap}`)).text).toContain('Gap before it.');
    expect((await app.call('GET', `/changes/${late}`)).text).toContain('Came in late.');
  });

  it('shows the whole of a long text', async () => {
    const words = Array.from({ length: 9_000 }, (_, n) => `word${n}`).join(' ');
    const id = await changed({
      provision: 'long',
      before: side('low', words),
      after: side('low', `${words} more`),
    });
    const { text } = await app.call('GET', `/changes/${id}`);

    expect(text).toContain(words);
  });

  it.each(['0', '999999999', '99999999999999999999', 'x', '%00', '1.0', '-1'])(
    'is a page that says so when there is no change %s',
    async (id) => {
      const { status, text, headers } = await app.call('GET', `/changes/${id}`);

      expect(status).toBe(404);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(text).toContain('Nothing here');
    },
  );
});

describe('every page', () => {
  it('runs no script but ours, load nothing from elsewhere, and be framed by nobody', async () => {
    const { headers } = await app.call('GET', '/');

    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';connect-src 'self';style-src 'self';img-src 'self' data:;form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('loads files whose names change with their content, for ever', async () => {
    const { text } = await app.call('GET', '/');
    const paths = [...text.matchAll(/href="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);

    expect(paths).toHaveLength(2);
    for (const path of paths) {
      const { status, headers } = await app.call('GET', path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^(text\/css; charset=utf-8|image\/svg\+xml)/);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await app.call('GET', '/assets/style-other.css')).status).toBe(404);
  });

  it('stands outside the API and its description', async () => {
    const { body } = await app.call('GET', '/v1/openapi.json');
    const missing = await app.call('GET', '/v1/nothing');

    expect(Object.keys(body.paths)).not.toContain('/');
    expect(
      Object.keys(body.paths).filter((path) => /^\/(changes|alerts|unsubscribe|confirm|assets)/.test(path)),
    ).toEqual([]);
    expect(missing.headers.get('content-type')).toContain('application/problem+json');
  });
});
