import type { CoverageContent } from '../../src/domain/coverage-content.js';
import type { DigestContent, DigestEntity, NetChangeContent } from '../../src/domain/digest-content.js';
import type { EchoContent } from '../../src/domain/echo-content.js';
import { alertContent, changeContent, changesOfEveryKind } from './alert-content-fixture.js';

/** A change as a window leaves it, made of so many. */
export function netChangeContent(overrides: Partial<NetChangeContent> = {}, steps = 1): NetChangeContent {
  const change = changeContent(overrides);
  const made = Array.from({ length: steps }, (_, index) => ({
    id: `${change.id}${index}`,
    url: `https://tocsin.example/changes/${change.id}${index}`,
    time: `2026-05-04T0${index}:00:00.000Z`,
    delta: change.delta,
  }));
  return { ...change, steps: made, ...overrides };
}

const [introduced, escalated, , eased] = changesOfEveryKind;

const entities: DigestEntity[] = [
  {
    id: 'harbourline',
    name: 'Harbourline',
    exposure: { before: 58, after: 65 },
    documents: [
      {
        id: 'CA-D-00310',
        title: 'Harbourline Terms of Service',
        url: 'https://harbourline.example/legal/terms',
        exposure: { before: 17, after: 24 },
        changes: [netChangeContent(introduced), netChangeContent(escalated, 3)],
      },
    ],
  },
  {
    id: 'lanternpay',
    name: 'Lanternpay',
    exposure: { before: 31, after: 23 },
    documents: [
      {
        id: 'CA-D-00420',
        title: 'Lanternpay User Agreement',
        url: null,
        exposure: { before: 20, after: 12 },
        changes: [netChangeContent(eased)],
      },
    ],
  },
];

/** A daily digest of two platforms that do not exist, of three changes of which one is the balance of three. */
export function digestContent(overrides: Partial<DigestContent> = {}): DigestContent {
  return {
    kind: 'digest',
    tier: 'professional',
    archiveName: 'ConductAtlas Policy Archive',
    occasion: 'daily',
    timeZone: 'Europe/Berlin',
    from: '2026-05-04T06:00:00.000Z',
    until: '2026-05-05T06:00:00.000Z',
    entities: structuredClone(entities),
    total: 5,
    omitted: 2,
    cancelledOut: 1,
    echoes: [
      {
        about: 'reverted',
        at: '2026-05-04T20:00:00.000Z',
        alertUrl: 'https://tocsin.example/alerts/6900',
        entity: 'Harbourline',
        document: 'Harbourline Terms of Service',
        provision: 'Governing Law',
        delta: { kind: 'escalated', before: 'low', after: 'medium', change: 1, direction: 'rise' },
      },
    ],
    url: 'https://tocsin.example/digests/501?key=abc',
    coverage: null,
    watchlists: [{ id: '11', name: 'Hosting vendors' }],
    ...overrides,
  };
}

/** A day on which nothing changed. */
export function heartbeatContent(overrides: Partial<DigestContent> = {}): DigestContent {
  return digestContent({
    entities: [],
    total: 0,
    omitted: 0,
    cancelledOut: 0,
    echoes: [],
    coverage: { documents: 41, unseen: 0, lastVerified: '2026-05-05T02:50:00.000Z' },
    ...overrides,
  });
}

/** What became of two changes of the alert of the other fixture. */
export function echoContent(overrides: Partial<EchoContent> = {}): EchoContent {
  const { kind: _, followUp: __, changes, ...alert } = alertContent();
  return {
    ...alert,
    kind: 'echo',
    about: 'reverted',
    at: '2026-05-05T09:31:00.000Z',
    reason: null,
    by: [{ id: '60', url: 'https://tocsin.example/changes/60', time: '2026-05-05T09:31:00.000Z' }],
    alertChanges: changes.length,
    changes: changes.slice(0, 2),
    ...overrides,
  };
}

/** A document that the archive cannot reach. */
export function coverageContent(overrides: Partial<CoverageContent> = {}): CoverageContent {
  return {
    kind: 'coverage',
    archiveName: 'ConductAtlas Policy Archive',
    about: 'lost',
    cause: 'unreachable',
    entity: { id: 'harbourline', name: 'Harbourline' },
    document: {
      id: 'CA-D-00310',
      title: 'Harbourline Terms of Service',
      url: 'https://harbourline.example/legal/terms',
    },
    lastVerified: '2026-05-01T04:00:00.000Z',
    since: '2026-05-02T04:00:00.000Z',
    detail: 'HTTP 403: the page asks for a sign-in.',
    url: 'https://tocsin.example/documents/CA-D-00310',
    ...overrides,
  };
}
