import type { ChangeContent } from '../../../src/domain/alert-content.js';
import type { CoverageContent } from '../../../src/domain/coverage-content.js';
import type { DigestContent, NetChangeContent } from '../../../src/domain/digest-content.js';
import type { EchoContent } from '../../../src/domain/echo-content.js';
import type { EchoKind } from '../../../src/domain/echo-kind.js';
import {
  alertContent,
  changeContent,
  changesOfEveryKind,
  recipient,
} from '../../support/alert-content-fixture.js';

/** A net change out of a change of the alerts' fixture. @param steps how many changes it is made of */
export function netChange(overrides: Partial<ChangeContent> = {}, steps = 1): NetChangeContent {
  const change = changeContent(overrides);
  return {
    ...change,
    steps: Array.from({ length: steps }, (_, index) => ({
      id: `${change.id}${index}`,
      url: `${change.url}-${index}`,
      time: `2026-05-0${index + 1}T09:00:00Z`,
      delta: change.delta,
    })),
  };
}

const [introduced, escalated, reworded, eased, withdrawn] = changesOfEveryKind.map((change) =>
  netChange(change),
) as [NetChangeContent, NetChangeContent, NetChangeContent, NetChangeContent, NetChangeContent];

/** Without markup in its words, which is for other tests. */
const licence = {
  ...reworded,
  id: '53',
  provision: { ...reworded.provision, id: 'CA-P-2053', title: 'Content Licence' },
  effectiveAt: '2026-04-22',
  text: {
    before: 'You allow us to host your content.',
    after: 'You allow us to host your content and to train our models.',
    diff: [
      { op: '=', text: 'You allow us to host your content' },
      { op: '+', text: ' and to train our models' },
      { op: '=', text: '.' },
    ],
  },
  analysis: { summary: 'Your content may now train models.' },
} satisfies NetChangeContent;

/** A day of a reader in Berlin: two platforms, three documents, one clause of three changes, and one earlier alert that went back. */
export function digestContent(overrides: Partial<DigestContent> = {}): DigestContent {
  const { entity, document, archiveName } = alertContent();
  return {
    kind: 'digest',
    tier: 'professional',
    archiveName,
    occasion: 'daily',
    timeZone: 'Europe/Berlin',
    from: '2026-05-03T06:00:00Z',
    until: '2026-05-04T06:00:00Z',
    entities: [
      {
        ...entity,
        documents: [
          { ...document, changes: [introduced, netChange(escalated, 3), withdrawn] },
          {
            id: 'CA-D-00311',
            title: 'Harbourline Acceptable Use Policy',
            url: 'https://harbourline.example/legal/acceptable-use',
            exposure: { before: 12, after: 4 },
            changes: [eased],
          },
        ],
      },
      {
        id: 'pinecrest',
        name: 'Pinecrest',
        exposure: { before: 31, after: 31 },
        documents: [
          {
            id: 'CA-D-00420',
            title: 'Pinecrest User Agreement',
            url: 'https://pinecrest.example/agreement',
            exposure: { before: 20, after: 20 },
            changes: [licence],
          },
        ],
      },
    ],
    total: 5,
    omitted: 0,
    cancelledOut: 2,
    echoes: [
      {
        about: 'reverted',
        at: '2026-05-03T15:20:00Z',
        alertUrl: 'https://tocsin.example/alerts/6990',
        entity: 'Pinecrest',
        document: 'Pinecrest Privacy Notice',
        provision: 'Sharing with Advertisers',
        delta: { kind: 'escalated', before: 'low', after: 'high', change: 2, direction: 'rise' },
      },
    ],
    url: 'https://tocsin.example/digests/8101',
    coverage: { documents: 41, unseen: 0, lastVerified: '2026-05-04T03:00:00Z' },
    watchlists: [
      { id: '11', name: 'Hosting vendors' },
      { id: '12', name: 'Arbitration & class actions' },
    ],
    ...overrides,
  };
}

/** A digest of a window in which nothing changed. */
export function heartbeat(overrides: Partial<DigestContent> = {}): DigestContent {
  return digestContent({ entities: [], total: 0, cancelledOut: 0, echoes: [], ...overrides });
}

/** What became of an alert of one change, or of the changes that are given. */
export function echoContent(about: EchoKind, overrides: Partial<EchoContent> = {}): EchoContent {
  const { kind, followUp, ...alert } = alertContent({ changes: [changeContent()] });
  const changes = overrides.changes ?? alert.changes;
  return {
    ...alert,
    kind: 'echo',
    about,
    at: about === 'reminder' ? '2026-05-25T06:00:00Z' : '2026-05-05T14:10:00Z',
    reason: about === 'retracted' ? 'The capture was of a draft that was never in force.' : null,
    by:
      about === 'reverted'
        ? [{ id: '61', url: 'https://tocsin.example/changes/61', time: '2026-05-05T14:10:00Z' }]
        : [],
    alertChanges: changes.length,
    ...overrides,
  };
}

export function coverageContent(overrides: Partial<CoverageContent> = {}): CoverageContent {
  const { entity, document, archiveName } = alertContent();
  return {
    kind: 'coverage',
    archiveName,
    about: 'lost',
    cause: 'unreachable',
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title, url: document.url },
    lastVerified: '2026-05-01T03:00:00Z',
    since: '2026-05-01T09:30:00Z',
    detail: 'The server answers 403 to every reader.',
    url: 'https://tocsin.example/documents/CA-D-00310',
    ...overrides,
  };
}

/** One reader of what belongs to no alert. */
export const readerWithoutAlert = () => recipient({ alert: null });
