import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisionView } from '../../src/archive/archive-views.js';
import type { ProvisionEvent } from '../../src/domain/provision-event.js';
import type { Severity } from '../../src/domain/severity.js';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent, side } from './an-event.js';
import { postBatch } from './post-batch.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const read = async (id: string, token = app.operatorToken) =>
  app.call('GET', `/v1/provisions/${encodeURIComponent(id)}`, { token });

const analysis = {
  summary: 'You can no longer sue.',
  regulatoryCitations: [{ citation: '9 U.S.C. § 2' }],
  complianceMemo: 'Keep proof of the notice.',
};

function rated(id: string, entity: string, severity: Severity | null): ProvisionEvent {
  return anEvent({
    entity: { id: entity, name: entity },
    document: { id: `${entity}-terms`, title: 'Terms' },
    provision: { id, clauseType: 'refunds' },
    before: side('low', 'Refunds are given.'),
    after: severity && side(severity, 'Refunds are rare.'),
  });
}

describe('a provision as last known', () => {
  it('carries text, place, capture and citation', async () => {
    const capture = {
      capturedAt: '2026-03-24T10:58:40+02:00',
      sourceUrl: 'https://harbourline.example/terms',
      sha256: 'C61AF89C19589F506FD3FC8BBB8010407F0052D2E845554C876B99CC2495D2CE',
    };
    await postBatch(app, [
      anEvent({
        document: { id: 'HL-D-1', title: 'Terms of Service', url: 'https://harbourline.example/terms' },
        provision: { id: 'whole', url: 'https://archive.example/whole' },
        after: side('high', 'Disputes go to arbitration.', capture),
        effectiveAt: '2026-05-01',
      }),
    ]);
    const { status, body } = await read('whole');
    expect(status).toBe(200);
    expect(ProvisionView.parse(body)).toEqual(body);
    expect(body).toEqual({
      id: 'whole',
      title: 'Arbitration',
      clauseType: 'arbitration',
      categories: ['disputes'],
      url: 'https://archive.example/whole',
      entity: { id: 'harbourline', name: 'Harbourline' },
      document: { id: 'HL-D-1', title: 'Terms of Service', url: 'https://harbourline.example/terms' },
      severity: 'high',
      text: 'Disputes go to arbitration.',
      effectiveAt: '2026-05-01',
      capture: { ...capture, capturedAt: '2026-03-24T08:58:40Z' },
      citation:
        'ConductAtlas Policy Archive | Entity: Harbourline | Document: Terms of Service | Record: whole' +
        ' | Captured: 2026-03-24 08:58:40 UTC | SHA-256: c61af89c19589f50… | URL: https://archive.example/whole',
      standing: { lower: 0, equal: 0, higher: 0 },
      analysis: null,
      locked: [],
      since: '2026-03-24T09:00:00.000Z',
    });
  });

  it('has neither severity nor text once it is withdrawn', async () => {
    await postBatch(app, [
      anEvent({ provision: { id: 'gone' }, after: side('high', 'For now.') }),
      anEvent({ provision: { id: 'gone' }, after: null, time: '2026-03-25T09:00:00Z' }),
    ]);
    const { body } = await read('gone');
    expect(body).toMatchObject({
      severity: null,
      text: null,
      capture: null,
      since: '2026-03-25T09:00:00.000Z',
    });
  });

  it('is not moved by a late event', async () => {
    await postBatch(app, [
      anEvent({ provision: { id: 'steady' }, after: side('high', 'New.'), time: '2026-03-25T09:00:00Z' }),
      anEvent({ provision: { id: 'steady' }, after: side('low', 'Old.'), time: '2026-03-01T09:00:00Z' }),
    ]);
    expect((await read('steady')).body).toMatchObject({ severity: 'high', text: 'New.' });
  });

  it('stands among the other entities of its clause type, not among its own', async () => {
    await postBatch(app, [
      rated('own', 'own', 'medium'),
      rated('own-too', 'own', 'high'),
      rated('a', 'other-a', 'low'),
      rated('b', 'other-b', 'medium'),
      rated('c', 'other-c', 'high'),
      rated('d', 'other-c', 'high'),
      rated('withdrawn', 'other-d', null),
    ]);
    expect((await read('own')).body.standing).toEqual({ lower: 1, equal: 1, higher: 2 });
    expect((await read('withdrawn')).body.standing).toEqual({ lower: 0, equal: 0, higher: 6 });
  });

  it('shows each tier its part of the analysis, and the operator all', async () => {
    await postBatch(app, [anEvent({ provision: { id: 'analysed' }, analysis })]);
    const asTier = async (tier: 'free' | 'watcher' | 'professional') =>
      (await read('analysed', (await app.createAccount({ tier })).token)).body;
    expect(await asTier('free')).toMatchObject({
      analysis: { summary: analysis.summary },
      locked: ['regulatoryCitations', 'complianceMemo'],
    });
    expect((await asTier('free')).analysis).toEqual({ summary: analysis.summary });
    const watcher = await asTier('watcher');
    expect(watcher.locked).toEqual(['complianceMemo']);
    expect(watcher.analysis).toEqual({
      summary: analysis.summary,
      regulatoryCitations: analysis.regulatoryCitations,
    });
    expect(await asTier('professional')).toMatchObject({ analysis, locked: [] });
    expect((await read('analysed')).body).toMatchObject({ analysis, locked: [] });
  });
});
