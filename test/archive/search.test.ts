import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchView } from '../../src/archive/search-views.js';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent, side } from './an-event.js';
import { postBatch } from './post-batch.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  const amazon = { id: 'amazon', name: 'Amazon' };
  const aup = { id: 'CA-D-00028', title: 'AWS Acceptable Use Policy' };
  await postBatch(app, [
    anEvent({
      entity: amazon,
      document: aup,
      provision: {
        id: 'CA-P-002547',
        title: 'Responsibility for End-User Conduct',
        clauseType: 'end-user-conduct',
      },
      after: side('high', 'You answer for them.'),
    }),
    anEvent({
      entity: amazon,
      document: aup,
      provision: { id: 'CA-P-002548', title: 'Arbitration', clauseType: 'arbitration' },
      after: side('low', 'Courts.'),
    }),
    anEvent({
      entity: { id: 'claude-ai', name: 'Claude.ai' },
      document: { id: 'CL-D-1', title: 'Consumer Terms' },
      provision: { id: 'CL-P-1', title: 'Binding arbitration', clauseType: 'arbitration' },
      after: side('high', 'No courts.'),
    }),
    anEvent({
      entity: { id: 'gone', name: 'Gone' },
      document: { id: 'G-1', title: 'Old Terms' },
      provision: { id: 'G-P-1', title: 'Withdrawn later', clauseType: 'only-of-the-gone' },
    }),
    anEvent({
      entity: { id: 'gone', name: 'Gone' },
      document: { id: 'G-1', title: 'Old Terms' },
      provision: { id: 'G-P-1', title: 'Withdrawn later', clauseType: 'only-of-the-gone' },
      after: null,
      time: '2026-03-25T09:00:00Z',
    }),
  ]);
});
afterAll(async () => app.stop());

async function search(q: string, more = ''): Promise<any> {
  const path = `/v1/search?q=${encodeURIComponent(q)}${more}`;
  const { status, body, text } = await app.call('GET', path, { token: app.operatorToken });
  expect(status, text).toBe(200);
  expect(SearchView.parse(body)).toEqual(body);
  return body;
}

const ids = (found: { id: string }[]) => found.map(({ id }) => id);
const nothing = { entities: [], documents: [], provisions: [], clauseTypes: [] };

describe('the search', () => {
  it('finds by the beginnings of words, in any case', async () => {
    expect(ids((await search('AMAZ')).entities)).toEqual(['amazon']);
    expect(ids((await search('use acc')).documents)).toEqual(['CA-D-00028']);
    expect((await search('end-us')).clauseTypes).toEqual([{ slug: 'end-user-conduct', gravest: 'high' }]);
  });

  it('lists the gravest provisions first, but what is called so before them', async () => {
    expect(ids((await search('arbitr')).provisions)).toEqual(['CL-P-1', 'CA-P-002548']);
    expect(ids((await search('arbitration')).provisions)).toEqual(['CA-P-002548', 'CL-P-1']);
  });

  it('finds halves of words that punctuation joins', async () => {
    expect(ids((await search('user conduct')).provisions)).toEqual(['CA-P-002547']);
    expect(ids((await search('ai')).entities)).toEqual(['claude-ai']);
  });

  it('looks for the words that are no part of an entity within it', async () => {
    const found = await search('amazon arbitration');
    expect(ids(found.provisions)).toEqual(['CA-P-002548']);
    expect(ids((await search('accept amazon')).documents)).toEqual(['CA-D-00028']);
  });

  it('finds by id, whole or as far as it was typed', async () => {
    expect(ids((await search('ca-p-002547')).provisions)).toEqual(['CA-P-002547']);
    expect(ids((await search('CA-P-0025')).provisions)).toEqual(['CA-P-002547', 'CA-P-002548']);
    expect(ids((await search(' CA-D-00028 ')).documents)).toEqual(['CA-D-00028']);
  });

  it('finds withdrawn provisions, and no clause type that none is in force of', async () => {
    const found = await search('withdrawn');
    expect(found.provisions).toMatchObject([{ id: 'G-P-1', severity: null }]);
    expect((await search('only of the')).clauseTypes).toEqual([]);
  });

  it('cuts each kind to the limit', async () => {
    expect((await search('arb', '&limit=1')).provisions).toHaveLength(1);
    const { status } = await app.call('GET', '/v1/search?q=a&limit=51', { token: app.operatorToken });
    expect(status).toBe(422);
  });

  it.each([
    '',
    '   ',
    "'",
    '& | ! <-> ( ):*',
    '\\',
    "a' | 'b",
    '%',
    '‮',
    '\u{10FFFF}1',
    '😀'.repeat(100),
    'zzz '.repeat(50),
    'ŋ'.repeat(200),
    '0'.repeat(200),
    '\u0301',
  ])('takes %j for what it is', async (typed) => {
    expect(await search(typed)).toMatchObject({ entities: typed.includes('a') ? expect.any(Array) : [] });
  });

  it('finds nothing by punctuation alone', async () => {
    expect(await search('!?* & -')).toEqual(nothing);
  });

  it('refuses what can be no search', async () => {
    const refused = async (q: string) =>
      (await app.call('GET', `/v1/search?q=${q}`, { token: app.operatorToken })).status;
    expect(await refused('a%00b')).toBe(422);
    expect(await refused('x'.repeat(201))).toBe(422);
    expect((await app.call('GET', '/v1/search?q=a')).status).toBe(401);
  });
});
