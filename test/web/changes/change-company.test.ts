import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  const revision = { id: 'r-1', size: 3 };
  await app.postEvents([
    ...[1, 2, 3].map((n) =>
      provisionEvent({ id: `part-${n}`, provision: `part-${n}`, after: side('low'), revision }),
    ),
    provisionEvent({ id: 'other-revision', provision: 'apart', after: side('low') }),
    ...['You may leave.', 'You may never leave.', 'You may leave.'].map((text, n) =>
      provisionEvent({
        id: `swing-${n}`,
        provision: 'swing',
        time: `2026-03-0${n + 1}T09:00:00Z`,
        after: side(n === 1 ? 'high' : 'low', text),
      }),
    ),
  ]);
});
afterAll(async () => app.stop());

async function idOf(eventId: string): Promise<string> {
  const [row] = await app.database.query<{ id: string }>('select id from change where event_id = $1', [
    eventId,
  ]);
  return row!.id;
}

describe('the company of a change', () => {
  it('is what came with it in one revision, and nothing else', async () => {
    const { text } = await (await visitor(app)).get(`/changes/${await idOf('part-2')}`);
    const company = /<section aria-labelledby="siblings".*?<\/section>/s.exec(text)![0];

    expect(company).toContain('This change came with 2 other changes of the document.');
    expect([...company.matchAll(/href="\/changes\/(\d+)"/g)].map(([, id]) => id)).toEqual([
      await idOf('part-1'),
      await idOf('part-3'),
    ]);
  });

  it('is not spoken of where it came alone', async () => {
    const { text } = await (await visitor(app)).get(`/changes/${await idOf('other-revision')}`);

    expect(text).not.toContain('In the same revision');
  });

  it('is the change that it took back', async () => {
    const reader = await visitor(app);
    const { text } = await reader.get(`/changes/${await idOf('swing-2')}`);

    expect(text).toMatch(new RegExp(`A step back\\..*href="/changes/${await idOf('swing-1')}"`, 's'));
    expect((await reader.get(`/changes/${await idOf('swing-1')}`)).text).not.toContain('A step back.');
  });
});

describe('the ways on from a change', () => {
  it('lead members to why they were told, and nobody else', async () => {
    const id = await idOf('swing-1');
    const why = `href="/changes/${id}/why"`;
    const member = await visitor(app, await app.createAccount());

    expect((await member.get(`/changes/${id}`)).text).toContain(why);
    expect((await member.get(`/changes/${id}/why`)).status).toBe(200);
    for (const other of [await visitor(app), await visitor(app, 'operator')]) {
      expect((await other.get(`/changes/${id}`)).text).not.toContain(why);
    }
  });

  it('lead to the other clauses of its type', async () => {
    const { text } = await (await visitor(app)).get(`/changes/${await idOf('swing-1')}`);

    expect(text).toMatch(/<a href="\/clause-types\/[^"]+">/);
  });
});
