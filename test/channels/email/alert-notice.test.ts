import { describe, expect, it } from 'vitest';
import { alertContent, changeContent } from '../../support/alert-content-fixture.js';
import { mailOf } from './email-fixture.js';

describe('what an alert mail says of when, and how steadily', () => {
  it.each([
    ['2026-06-03', "Takes effect 3 June 2026 (30 days' notice)."],
    ['2026-05-04', 'Effective 4 May 2026 (takes effect at once, without notice).'],
    ['2026-04-22', 'Effective 22 April 2026 (took effect 12 days before it was posted).'],
  ])('says what notice a change effective on %s gives', async (effectiveAt, said) => {
    const { text, html } = await mailOf(alertContent({ changes: [changeContent({ effectiveAt })] }));
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`Seen 4 May 2026, 09:00 UTC. ${said}`);
    expect(html).toContain(said);
  });

  it('gives each of several changes its own notice, and all of them the first day', async () => {
    const changes = ['2026-06-03', '2026-05-05'].map((effectiveAt) => changeContent({ effectiveAt }));
    const { html } = await mailOf(alertContent({ changes }));
    expect(html).toContain('Takes effect from 5 May 2026.');
    expect(html).toContain("takes effect 3 June 2026 (30 days' notice)");
    expect(html).toContain("takes effect 5 May 2026 (1 day's notice)");
  });

  it('says that a clause flaps, since when and how often', async () => {
    const flapping = { since: '2026-04-29T12:00:00Z', times: 4 };
    const { text, html } = await mailOf(alertContent({ changes: [changeContent({ flapping })] }));
    const said = 'Goes back and forth: 4 times since 29 April 2026.';
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`Back and forth. ${said}`);
    expect(html).toContain(said);
    expect((await mailOf(alertContent({ changes: [changeContent()] }))).html).not.toContain('Flapping');
  });
});
