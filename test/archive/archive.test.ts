import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClauseTypeView, DocumentView, EntityView } from '../../src/archive/archive-views.js';
import type { ProvisionEvent } from '../../src/domain/provision-event.js';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent, side } from './an-event.js';
import { postBatch } from './post-batch.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  const terms = { id: 'HL-terms', title: 'Terms of Service', lastUpdated: '2026-03-20' };
  const privacy = { id: 'HL-privacy', title: 'Privacy Policy' };
  await postBatch(app, [
    anEvent({ document: terms, provision: { id: 'a', title: 'Arbitration' }, after: side('medium', 'One.') }),
    anEvent({ document: terms, provision: { id: 'b', title: 'Refunds', clauseType: 'refunds' } }),
    anEvent({
      document: terms,
      provision: { id: 'a', title: 'Arbitration' },
      after: side('high', 'Two.'),
      time: '2026-03-25T09:00:00Z',
    }),
    anEvent({ document: privacy, provision: { id: 'c', title: 'Sale of data', clauseType: 'data-sale' } }),
    anEvent({
      document: privacy,
      provision: { id: 'c', title: 'Sale of data', clauseType: 'data-sale' },
      after: null,
      time: '2026-03-25T09:00:00Z',
    }),
    anEvent({
      entity: { id: 'other', name: 'Other' },
      document: { id: 'O-terms', title: 'Terms' },
      provision: { id: 'o', title: 'No suits' },
      after: side('low', 'Please do not sue.'),
    }),
  ]);
});
afterAll(async () => app.stop());

const read = async (path: string) => app.call('GET', `/v1/${path}`, { token: app.operatorToken });

function named(name: string, time: string): ProvisionEvent {
  return anEvent({
    entity: { id: 'renamed', name },
    document: { id: 'R-terms', title: 'Terms' },
    provision: { id: 'r' },
    time,
  });
}

describe('an entity', () => {
  it('adds up what is in force in its documents', async () => {
    const { status, body } = await read('entities/harbourline');
    expect(status).toBe(200);
    expect(EntityView.parse(body)).toEqual(body);
    expect(body).toEqual({
      id: 'harbourline',
      name: 'Harbourline',
      exposure: 12,
      documents: [
        {
          id: 'HL-privacy',
          title: 'Privacy Policy',
          exposure: 0,
          provisions: 1,
          severities: { low: 0, medium: 0, high: 0 },
          lastVerified: expect.any(String),
          unreachable: null,
        },
        {
          id: 'HL-terms',
          title: 'Terms of Service',
          exposure: 12,
          provisions: 2,
          severities: { low: 0, medium: 1, high: 1 },
          lastVerified: expect.any(String),
          unreachable: null,
        },
      ],
    });
  });

  it('goes by the name that the newest event gave it', async () => {
    await postBatch(app, [
      named('New name', '2026-03-25T09:00:00Z'),
      named('Old name', '2026-03-01T09:00:00Z'),
    ]);
    expect((await read('entities/renamed')).body.name).toBe('New name');
  });
});

describe('a document', () => {
  it('lists its provisions, the gravest first and the withdrawn last', async () => {
    const { status, body } = await read('documents/HL-terms');
    expect(status).toBe(200);
    expect(DocumentView.parse(body)).toEqual(body);
    expect(body).toEqual({
      id: 'HL-terms',
      title: 'Terms of Service',
      url: null,
      lastUpdated: '2026-03-20',
      lastVerified: expect.any(String),
      unreachable: null,
      entity: { id: 'harbourline', name: 'Harbourline' },
      exposure: 12,
      provisions: [
        {
          id: 'a',
          title: 'Arbitration',
          clauseType: 'arbitration',
          categories: ['disputes'],
          severity: 'high',
        },
        { id: 'b', title: 'Refunds', clauseType: 'refunds', categories: ['disputes'], severity: 'medium' },
      ],
    });
    const { body: privacy } = await read('documents/HL-privacy');
    expect(privacy).toMatchObject({
      exposure: 0,
      lastUpdated: null,
      provisions: [{ id: 'c', severity: null }],
    });
  });
});

describe('a clause type', () => {
  it('lists what is in force across entities, the gravest first', async () => {
    const { status, body } = await read('clause-types/arbitration');
    expect(status).toBe(200);
    expect(ClauseTypeView.parse(body)).toEqual(body);
    expect(body).toMatchObject({ slug: 'arbitration', provisions: [{ id: 'a' }, { id: 'r' }, { id: 'o' }] });
    expect(body.severities).toEqual({ low: 1, medium: 1, high: 1 });
    expect(body.entities).toBe(3);
    expect(body.provisions[0]).toEqual({
      id: 'a',
      title: 'Arbitration',
      severity: 'high',
      entity: { id: 'harbourline', name: 'Harbourline' },
      document: { id: 'HL-terms', title: 'Terms of Service' },
    });
  });

  it('stays known when all its provisions are withdrawn', async () => {
    const { status, body } = await read('clause-types/data-sale');
    expect(status).toBe(200);
    expect(body).toEqual({
      slug: 'data-sale',
      severities: { low: 0, medium: 0, high: 0 },
      entities: 0,
      provisions: [],
    });
  });

  it('shows the 200 gravest of more, and counts them all', async () => {
    const many = Array.from({ length: 205 }, (_, number) =>
      anEvent({
        document: { id: 'long', title: 'Long' },
        provision: { id: `many-${number}`, clauseType: 'many' },
        after: side(number < 3 ? 'high' : 'low', 'Text.'),
      }),
    );
    await postBatch(app, many);
    const { body } = await read('clause-types/many');
    expect(body.severities).toEqual({ low: 202, medium: 0, high: 3 });
    expect(body.provisions).toHaveLength(200);
    expect(body.provisions.slice(0, 4).map((one: { severity: string }) => one.severity)).toEqual([
      'high',
      'high',
      'high',
      'low',
    ]);
  });
});

describe('who may read', () => {
  it('lets in every account and the operator, nobody else', async () => {
    const { token } = await app.createAccount({ tier: 'free' });
    for (const path of ['entities', 'entities/harbourline', 'documents/HL-terms', 'changes']) {
      expect((await app.call('GET', `/v1/${path}`, { token })).status).toBe(200);
      expect((await app.call('GET', `/v1/${path}`)).status).toBe(401);
      expect((await app.call('GET', `/v1/${path}`, { token: `${token}x` })).status).toBe(401);
    }
  });
});
