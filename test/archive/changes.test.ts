import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeView } from '../../src/domain/change-view.js';
import { pageOf } from '../../src/platform/http/page.js';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent, side } from './an-event.js';
import { postBatch } from './post-batch.js';

let app: TestApp;
let accepted: string[];

const capture = {
  capturedAt: '2026-03-24T08:58:40Z',
  archiveUrl: 'https://web.archive.example/20260324/terms',
  sha256: 'c61af89c19589f506fd3fc8bbb8010407f0052d2e845554c876b99cc2495d2ce',
};
const other = {
  entity: { id: 'other', name: 'Other' },
  document: { id: 'O-terms', title: 'Terms' },
  provision: { id: 'o', title: 'No suits' },
};

beforeAll(async () => {
  app = await startApp();
  accepted = await postBatch(app, [
    anEvent({ ...other, after: side('low', 'Please do not sue.'), time: '2026-03-01T00:00:00Z' }),
    anEvent({ provision: { id: 'b', clauseType: 'refunds' }, time: '2026-03-02T00:00:00Z' }),
    anEvent({
      id: 'whole',
      document: { id: 'HL-D-1', title: 'Terms of Service', url: 'https://harbourline.example/terms' },
      provision: { url: 'https://archive.example/HL-P-1' },
      revision: { id: 'r-1', size: 1 },
      before: side('medium', 'Disputes go to court.'),
      after: side('high', 'Disputes go to arbitration.', capture),
      effectiveAt: '2026-05-01',
      time: '2026-03-24T10:00:00+01:00',
    }),
    anEvent({ after: side('low', 'An older wording.'), time: '2026-01-01T00:00:00Z' }),
    anEvent({
      before: side('low', 'Not what was known.'),
      after: side('low', 'Not what was known!'),
      time: '2026-03-25T00:00:00Z',
    }),
    anEvent({ after: null, time: '2026-03-26T00:00:00.123Z' }),
  ]);
});
afterAll(async () => app.stop());

const list = async (query: Record<string, string> = {}) =>
  app.call('GET', `/v1/changes?${new URLSearchParams(query)}`, { token: app.operatorToken });
const find = async (number: number) =>
  (await app.call('GET', `/v1/changes/${accepted[number]}`, { token: app.operatorToken })).body;
const numbers = (body: { items: { id: string }[] }) => body.items.map((item) => accepted.indexOf(item.id));

describe('a change', () => {
  it('tells what its event said, and what it did', async () => {
    const change = await find(2);
    expect(ChangeView.parse(change)).toEqual(change);
    expect(change).toEqual({
      id: accepted[2],
      source: 'https://archive.example',
      eventId: 'whole',
      time: '2026-03-24T09:00:00.000Z',
      receivedAt: app.clock.now().toISOString(),
      effectiveAt: '2026-05-01',
      entity: { id: 'harbourline', name: 'Harbourline' },
      document: { id: 'HL-D-1', title: 'Terms of Service', url: 'https://harbourline.example/terms' },
      provision: {
        id: 'HL-P-1',
        title: 'Arbitration',
        clauseType: 'arbitration',
        categories: ['disputes'],
        url: 'https://archive.example/HL-P-1',
      },
      revision: { id: 'r-1' },
      delta: { kind: 'escalated', before: 'medium', after: 'high', change: 1, direction: 'rise' },
      standing: { lower: 1, equal: 0, higher: 0 },
      exposure: { entity: { before: 6, after: 12 }, document: { before: 6, after: 12 } },
      late: false,
      gap: false,
      verdict: 'news',
      undoneBy: null,
      retracted: null,
      correction: 0,
      text: {
        before: 'Disputes go to court.',
        after: 'Disputes go to arbitration.',
        diff: [
          { op: '=', text: 'Disputes go to ' },
          { op: '-', text: 'court' },
          { op: '+', text: 'arbitration' },
          { op: '=', text: '.' },
        ],
      },
      capture: { before: null, after: capture },
    });
  });

  it('says when it came late, and then moved nothing', async () => {
    const change = await find(3);
    expect(change).toMatchObject({ late: true, gap: false, revision: null });
    expect(change.exposure).toEqual({
      entity: { before: 12, after: 12 },
      document: { before: 12, after: 12 },
    });
  });

  it('says when its "before" contradicts what was known', async () => {
    expect(await find(4)).toMatchObject({ gap: true, late: false, delta: { kind: 'cosmetic' } });
  });

  it('has no text on the side that is not in force', async () => {
    expect(await find(5)).toMatchObject({
      delta: { kind: 'withdrawn', after: null },
      text: { before: 'Not what was known!', after: null, diff: [{ op: '-', text: 'Not what was known!' }] },
      time: '2026-03-26T00:00:00.123Z',
    });
  });
});

describe('the list of changes', () => {
  it('goes by when they came in, the newest first', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(pageOf(ChangeView).parse(body)).toEqual(body);
    expect(numbers(body)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(body.items[3]).toEqual(await find(2));
  });

  it.each([
    [{ entity: 'harbourline' }, [5, 4, 3, 2, 1]],
    [{ document: 'O-terms' }, [0]],
    [{ provision: 'b' }, [1]],
    [{ entity: 'other', provision: 'b' }, []],
    [{ entity: 'nobody' }, []],
    [{ since: '2026-03-24' }, [5, 4, 2]],
    [{ since: '2026-03-24T09:00:00Z' }, [5, 4, 2]],
    [{ since: '2026-03-24T10:00:00.001+01:00' }, [5, 4]],
    [{ since: '2026-03-25', provision: 'HL-P-1' }, [5, 4]],
    [{ since: '9999-12-31T23:59:59-23:59' }, []],
    [{ since: '0000-01-01' }, [5, 4, 3, 2, 1, 0]],
  ])('filters by %j', async (query, expected) => {
    const { status, body } = await list(query);
    expect(status).toBe(200);
    expect(numbers(body)).toEqual(expected);
  });

  it.each([1, 2, 5])('shows each change once in pages of %i', async (limit) => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const query = { entity: 'harbourline', limit: String(limit), ...(cursor !== null && { cursor }) };
      const { body } = await list(query);
      seen.push(...numbers(body));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  it('ends a page early when its texts are long, and goes on where it ended', async () => {
    const named = {
      entity: { id: 'wordy', name: 'Wordy' },
      document: { id: 'W-terms', title: 'Terms' },
      provision: { id: 'long' },
    };
    const texts = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter} `.repeat(120_000));
    for (const [number, text] of texts.entries()) {
      const time = `2026-04-0${number + 1}T00:00:00Z`;
      await postBatch(app, [anEvent({ ...named, before: null, after: side('low', text), time })]);
      const before = side('low', text);
      await postBatch(app, [anEvent({ ...named, before, after: null, time: time.replace('00Z', '30Z') })]);
    }
    const pages: number[] = [];
    let cursor: string | null = null;
    do {
      const answer = await list({ provision: 'long', ...(cursor !== null && { cursor }) });
      const body = answer.body as { items: unknown[]; nextCursor: string | null };
      pages.push(body.items.length);
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(pages).toEqual([8, 4]);
  });

  it('keeps its place while changes come in', async () => {
    const first = await list({ entity: 'harbourline', limit: '2' });
    await postBatch(app, [anEvent({ provision: { id: 'b', clauseType: 'refunds' }, after: null })]);
    const second = await list({
      entity: 'harbourline',
      limit: '2',
      cursor: String(first.body.nextCursor),
    });
    expect(numbers(second.body)).toEqual([3, 2]);
  });

  it('gives cursors that it takes back, however long the filters are', async () => {
    const id = '法'.repeat(200);
    const named = { entity: { id, name: id }, document: { id, title: id }, provision: { id } };
    await postBatch(app, [anEvent(named), anEvent({ ...named, time: '2026-03-30T09:00:00Z' })]);
    const query = { entity: id, document: id, provision: id, limit: '1' };
    const first = await list(query);
    const second = await list({ ...query, cursor: String(first.body.nextCursor) });
    expect(second.body).toMatchObject({ items: [{ entity: { id } }], nextCursor: null });
  });

  it('refuses a cursor of other filters or of another list', async () => {
    const { body } = await list({ entity: 'harbourline', limit: '1' });
    const entities = await app.call('GET', '/v1/entities?limit=1', { token: app.operatorToken });
    const cursor = String(body.nextCursor);
    const refused = [
      { cursor },
      { entity: 'other', cursor },
      { document: 'harbourline', cursor },
      { entity: 'harbourline', since: '2026-03-24', cursor },
      { cursor: String(entities.body.nextCursor) },
    ];
    for (const query of refused) {
      const answer = await list(query);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toMatchObject([{ path: 'cursor' }]);
    }
  });

  it.each([
    [{ since: 'yesterday' }, 'since'],
    [{ since: '2026-02-30' }, 'since'],
    [{ since: '2026-03-24T09:00:00' }, 'since'],
    [{ since: '2026-03-24T09:00:00 01:00' }, 'since'],
    [{ entity: '' }, 'entity'],
    [{ document: 'a\u0000' }, 'document'],
    [{ provision: 'x'.repeat(201) }, 'provision'],
  ])('refuses %j and names the fault', async (query, path) => {
    const { status, body } = await list(query);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path }]);
  });

  it('refuses a filter that is given twice', async () => {
    const { status } = await app.call('GET', '/v1/changes?entity=a&entity=b', { token: app.operatorToken });
    expect(status).toBe(422);
  });
});
