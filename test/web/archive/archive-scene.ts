import { anEvent, side } from '../../archive/an-event.js';
import { postBatch } from '../../archive/post-batch.js';
import type { TestApp } from '../../support/app.js';

export const capture = {
  capturedAt: '2026-03-24T08:58:40Z',
  sourceUrl: 'https://policies.example/aup/',
  archiveUrl: 'https://archived.example/aup/',
  sha256: 'C61AF89C19589F506FD3FC8BBB8010407F0052D2E845554C876B99CC2495D2CE',
};
const analysis = {
  summary: 'You answer for whoever uses your account.',
  consumerImpact: 'Accounts can end through others.',
  businessImpact: 'Resellers carry the risk.',
  regulatoryCitations: [{ citation: '18 U.S.C. § 1030', note: 'computer fraud' }],
  complianceMemo: 'Pass the terms through by contract.',
  agencies: [{ code: 'FTC', name: 'Federal Trade Commission', complaintUrl: 'https://complaints.example/' }],
};
const provision = {
  id: 'CA-P-1',
  title: 'End-user conduct',
  clauseType: 'end-user-conduct',
  categories: ['liability', 'acceptable-use'],
};
export const document = {
  id: 'CA-D-1',
  title: 'Acceptable Use',
  url: 'https://policies.example/aup/',
  lastUpdated: '2026-03-24',
};

/** A clause with all that an archive says of one, what others have of its type, and one with an odd id. */
export async function fillArchive(app: TestApp): Promise<void> {
  await postBatch(app, [
    anEvent({
      document,
      provision,
      after: side('medium', 'You answer for yourself.'),
      time: '2026-03-01T09:00:00Z',
    }),
    anEvent({
      document,
      provision,
      after: side('high', 'You answer for anyone.', capture),
      effectiveAt: '2999-06-01',
      analysis,
    }),
    anEvent({ document, provision: { id: 'CA-P-2', title: 'Refunds', clauseType: 'refunds' } }),
    ...(['low', 'high'] as const).map((severity) =>
      anEvent({
        entity: { id: `other-${severity}`, name: `Other ${severity}` },
        document: { id: `O-${severity}`, title: 'Terms' },
        provision: { ...provision, id: `O-P-${severity}`, title: `Conduct, ${severity}` },
        after: side(severity, 'Behave.'),
      }),
    ),
    anEvent({ document: { id: 'odd', title: 'Odd' }, provision: { id: 'a/b ?#&"<i>', title: 'Odd id' } }),
  ]);
}
