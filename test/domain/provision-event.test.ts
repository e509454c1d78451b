import { describe, expect, it } from 'vitest';
import { ProvisionEvent } from '../../src/domain/provision-event.js';

const side = { severity: 'medium', text: 'You may opt out.' };
const event = {
  specversion: '1.0',
  type: 'provision.changed.v1',
  source: 'https://conductatlas.com/archive',
  id: 'E-1',
  time: '2026-03-24T09:00:00Z',
  subject: 'CA-P-002547',
  data: {
    entity: { id: 'amazon', name: 'Amazon' },
    document: { id: 'CA-D-00028', title: 'AWS Acceptable Use Policy' },
    provision: {
      id: 'CA-P-002547',
      title: 'End-user conduct',
      clauseType: 'liability',
      categories: ['liability'],
    },
    before: side,
    after: { ...side, severity: 'high' },
  },
};

const withData = (data: object) => ({ ...event, data: { ...event.data, ...data } });

function faults(value: unknown): string[] {
  const { error } = ProvisionEvent.safeParse(value);
  return error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('ProvisionEvent', () => {
  it('takes the least that an event may hold', () => {
    expect(ProvisionEvent.parse(event)).toEqual(event);
  });

  it('takes all that it may hold', () => {
    const full = withData({
      revision: { id: 'R-1', size: 3 },
      effectiveAt: '2026-04-01',
      after: {
        ...side,
        capture: {
          capturedAt: '2026-03-24T10:58:40+02:00',
          sourceUrl: 'https://aws.amazon.com/aup/',
          archiveUrl: 'http://archive.example/',
          sha256: 'c61af89c19589f506fd3fc8bbb8010407f0052d2e845554c876b99cc2495d2ce',
        },
      },
      analysis: {
        summary: 's',
        consumerImpact: 'c',
        businessImpact: 'b',
        regulatoryCitations: [
          { citation: '18 U.S.C. § 1030', note: 'n' },
          { citation: '16 C.F.R. Part 312' },
        ],
        complianceMemo: 'm',
        agencies: [
          { code: 'FTC', name: 'Federal Trade Commission', note: 'n', complaintUrl: 'https://ftc.gov/' },
        ],
      },
    });
    const inUtc = JSON.parse(JSON.stringify(full).replace('10:58:40+02:00', '08:58:40Z'));
    expect(ProvisionEvent.parse(full)).toEqual(inUtc);
  });

  it('tells a provision that was not in force from one of unknown state', () => {
    const { before: _, ...unknown } = event.data;
    expect(ProvisionEvent.parse(withData({ before: null })).data.before).toBeNull();
    expect(ProvisionEvent.parse({ ...event, data: unknown }).data.before).toBeUndefined();
    expect(ProvisionEvent.parse(withData({ after: null })).data.after).toBeNull();
  });

  it('drops extension attributes', () => {
    expect(ProvisionEvent.parse({ ...event, traceparent: '00-1' })).toEqual(event);
  });

  it.each([
    ['both sides null', withData({ before: null, after: null }), 'data.after'],
    ['no side after', withData({ after: undefined }), 'data.after'],
    ['another version', { ...event, specversion: '0.3' }, 'specversion'],
    ['another type', { ...event, type: 'provision.changed.v2' }, 'type'],
    ['a time without zone', { ...event, time: '2026-03-24T09:00:00' }, 'time'],
    ['a day that is none', withData({ effectiveAt: '2026-02-30' }), 'data.effectiveAt'],
    ['a subject that is another provision', { ...event, subject: 'CA-P-1' }, 'subject'],
    ['an unknown severity', withData({ after: { ...side, severity: 'critical' } }), 'data.after.severity'],
    ['a text with NUL', withData({ after: { ...side, text: 'a\u0000' } }), 'data.after.text'],
    ['a revision of no changes', withData({ revision: { id: 'R-1', size: 0 } }), 'data.revision.size'],
    [
      'an entity without a visible name',
      withData({ entity: { id: 'a', name: '\u200B ' } }),
      'data.entity.name',
    ],
    [
      'a script for an address',
      withData({ document: { ...event.data.document, url: 'javascript:alert(1)' } }),
      'data.document.url',
    ],
    [
      'a short digest',
      withData({ after: { ...side, capture: { capturedAt: event.time, sha256: 'c61af89c' } } }),
      'data.after.capture.sha256',
    ],
    [
      'a category that is no slug',
      withData({ provision: { ...event.data.provision, categories: ['Fees & Costs'] } }),
      'data.provision.categories.0',
    ],
  ])('refuses %s and names where', (_, value, path) => {
    expect(faults(value)).toContain(path);
  });

  it('names every fault at once', () => {
    expect(faults({ ...event, id: '', time: 'now', data: { ...event.data, entity: {} } })).toEqual(
      expect.arrayContaining(['id', 'time', 'data.entity.id', 'data.entity.name']),
    );
  });
});
