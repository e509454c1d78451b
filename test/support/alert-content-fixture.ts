import type { AlertContent, ChangeContent, DiffPart, Recipient } from '../../src/domain/alert-content.js';
import type { Analysis, Capture } from '../../src/domain/provision-event.js';
import { tiers, type Tier } from '../../src/domain/tiers.js';

/** Text as an attacker would put it into a policy, a name or a title. It must come out as words, nowhere as markup. */
export const hostile = {
  script: '<script>alert("tocsin")</script>',
  attribute: '"><img src=x onerror=alert(1)>',
  comment: '--><!-- </td></table><mj-raw><h1>owned</h1></mj-raw>',
  template: '{{alertUrl}} ${process.env} <%= 1 %> &amp; &lt;b&gt;',
  slack: '<!channel> <https://evil.example|click> *bold* `code`',
  rightToLeft: 'refund \u202Ednufer\u202C \u2066isolated\u2069',
  lineEnds: 'Terms\r\nBcc: everyone@evil.example\r\n\r\nbody',
} as const;

/** The wording before (`=` and `-`) and after (`=` and `+`) that a diff stands for. */
function wording(diff: DiffPart[]): { before: string; after: string; diff: DiffPart[] } {
  const side = (left: '+' | '-') =>
    diff
      .filter((part) => part.op !== left)
      .map((part) => part.text)
      .join('');
  return { before: side('+'), after: side('-'), diff };
}

const documentUrl = 'https://harbourline.example/legal/terms';

const captures: { before: Capture; after: Capture } = {
  before: {
    capturedAt: '2026-02-11T07:30:05Z',
    sourceUrl: documentUrl,
    sha256: '0d4a1f6b7c8e9230514263748596a7b8c9dadbecfd0e1f203142536475869708',
  },
  after: {
    capturedAt: '2026-05-04T08:58:40Z',
    sourceUrl: documentUrl,
    archiveUrl: `https://archive.example/20260504085840/${documentUrl}`,
    sha256: '9b2f60c1d4e7a8350f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978',
  },
};

const arbitration: Analysis = {
  summary:
    'Disputes can no longer go before a court. You settle them one at a time with a private arbitrator, and you may not join other customers in a common case.',
  consumerImpact:
    'Small claims that are worth pursuing only together, such as a wrongly charged fee, become hard to pursue at all.',
  businessImpact:
    'Companies that resell the service must tell their own customers, and can no longer bring a collective claim for outages.',
  regulatoryCitations: [
    { citation: '9 U.S.C. § 2', note: 'Federal Arbitration Act' },
    { citation: 'Council Directive 93/13/EEC, Annex 1(q)', note: 'unfair terms in consumer contracts' },
  ],
  complianceMemo:
    'Check resale contracts for a promise of court access. The opt-out runs for 30 days from the effective date: decide before it ends, and keep proof of the notice.',
  agencies: [
    {
      code: 'FTC',
      name: 'Federal Trade Commission',
      note: 'Acts against unfair and deceptive practices.',
      complaintUrl: 'https://reportfraud.ftc.gov/',
    },
    { code: 'CFPB', name: 'Consumer Financial Protection Bureau' },
  ],
};

const withLink = (id: string) => `https://archive.example/record/${id}`;

function citationOf(id: string, capture: Capture): string {
  const capturedAt = capture.capturedAt.replace('T', ' ').replace('Z', ' UTC');
  return [
    'ConductAtlas Policy Archive',
    'Entity: Harbourline',
    'Document: Harbourline Terms of Service',
    `Record: ${id}`,
    `Captured: ${capturedAt}`,
    ...(capture.sha256 === undefined ? [] : [`SHA-256: ${capture.sha256.slice(0, 16)}…`]),
    `URL: ${documentUrl}`,
  ].join(' | ');
}

type Draft = Pick<ChangeContent, 'id' | 'delta' | 'text'> & Partial<ChangeContent> & { title: string };

function change({ title, ...draft }: Draft): ChangeContent {
  const record = `CA-P-10${draft.id}`;
  return {
    url: `https://tocsin.example/changes/${draft.id}`,
    time: '2026-05-04T09:00:00Z',
    effectiveAt: null,
    provision: {
      id: record,
      title,
      clauseType: 'dispute-resolution',
      categories: ['liability'],
      url: withLink(record),
    },
    standing: { lower: 0, equal: 0, higher: 0 },
    capture: captures,
    citation: citationOf(record, captures.after),
    analysis: null,
    locked: [],
    ...draft,
  };
}

const introduced = change({
  id: '41',
  title: 'Binding Arbitration and Class Action Waiver',
  effectiveAt: '2026-06-01',
  delta: { kind: 'introduced', before: null, after: 'high', change: 3, direction: 'rise' },
  text: {
    before: null,
    after:
      'Any dispute between you and Harbourline is decided by one arbitrator. You give up the right to a jury and to take part in a class action.',
    diff: [
      {
        op: '+',
        text: 'Any dispute between you and Harbourline is decided by one arbitrator. You give up the right to a jury and to take part in a class action.',
      },
    ],
  },
  standing: { lower: 4, equal: 2, higher: 1 },
  capture: { before: null, after: captures.after },
  analysis: arbitration,
});

const escalated = change({
  id: '42',
  title: 'Liability for Loss of Data',
  effectiveAt: '2026-06-01',
  delta: { kind: 'escalated', before: 'medium', after: 'high', change: 1, direction: 'rise' },
  text: wording([
    { op: '=', text: 'We take ' },
    { op: '-', text: 'reasonable' },
    { op: '+', text: 'commercially practicable' },
    { op: '=', text: ' care of the files you store. ' },
    { op: '-', text: 'If we lose them, we refund the fees of the last twelve months.' },
    { op: '+', text: 'You use the storage at your own risk, and keeping copies is up to you.' },
  ]),
  standing: { lower: 9, equal: 3, higher: 0 },
  analysis: {
    summary: 'Lost files are now your loss: the refund of a year of fees is gone.',
    consumerImpact: 'Keep a copy of everything that you cannot do without.',
    regulatoryCitations: [{ citation: 'Regulation (EU) 2016/679, Art. 32', note: 'security of processing' }],
    complianceMemo: 'Re-run the vendor risk review: the former refund counted as a mitigation.',
  },
});

const reworded = change({
  id: '43',
  title: `Content Licence ${hostile.script}`,
  delta: { kind: 'reworded', before: 'medium', after: 'medium', change: 0, direction: 'same' },
  text: wording([
    { op: '=', text: 'You allow us to host and show your content ' },
    { op: '-', text: `in order to run the service ${hostile.attribute}` },
    { op: '+', text: `to run and improve the service, and to train our models ${hostile.comment}` },
    { op: '=', text: `. ${hostile.rightToLeft} ${hostile.template}` },
  ]),
  standing: { lower: 1, equal: 0, higher: 0 },
  analysis: {
    summary: `Your content may now train models. ${hostile.slack}`,
    agencies: [{ code: 'ICO', note: hostile.attribute }],
  },
});

const eased = change({
  id: '44',
  title: 'Notice before Suspension',
  delta: { kind: 'eased', before: 'high', after: 'low', change: -2, direction: 'fall' },
  text: wording([
    { op: '=', text: 'We may suspend an account ' },
    { op: '-', text: 'at any time and without notice.' },
    { op: '+', text: 'after a warning by email and fourteen days to answer it.' },
  ]),
  standing: { lower: 0, equal: 1, higher: 6 },
});

const withdrawn = change({
  id: '45',
  title: 'Fee for Paper Invoices',
  delta: { kind: 'withdrawn', before: 'low', after: null, change: -1, direction: 'fall' },
  text: {
    before: 'A paper invoice costs 3 euros.',
    after: null,
    diff: [{ op: '-', text: 'A paper invoice costs 3 euros.' }],
  },
  capture: { before: captures.before, after: null },
  citation: citationOf('CA-P-1045', captures.before),
});

const cosmetic = change({
  id: '46',
  title: 'Governing Law',
  delta: { kind: 'cosmetic', before: 'low', after: 'low', change: 0, direction: 'same' },
  text: wording([
    { op: '=', text: 'The law of ' },
    { op: '-', text: 'the netherlands' },
    { op: '+', text: 'the Netherlands' },
    { op: '=', text: ' applies.' },
  ]),
  capture: { before: { capturedAt: '2026-02-11T07:30:05Z' }, after: { capturedAt: '2026-05-04T08:58:40Z' } },
  citation: citationOf('CA-P-1046', { capturedAt: '2026-05-04T08:58:40Z' }),
});

/** One change of each kind, gravest first, all of one revision. */
export const changesOfEveryKind: readonly ChangeContent[] = [
  introduced,
  escalated,
  reworded,
  eased,
  withdrawn,
  cosmetic,
];

/** A change whose fields can be set at will; otherwise the escalated one of the fixture. */
export function changeContent(overrides: Partial<ChangeContent> = {}): ChangeContent {
  return { ...structuredClone(escalated), ...overrides };
}

/** Leaves out of a change what the tier does not hold, as the service does before a channel sees it. */
function cutToTier(full: ChangeContent, tier: Tier): ChangeContent {
  if (full.analysis === null) return full;
  const locked = tiers[tier].locked.filter((part) => full.analysis?.[part] !== undefined);
  const analysis = { ...full.analysis };
  for (const part of locked) delete analysis[part];
  return { ...full, analysis, locked };
}

/** A revision of a platform that does not exist, with a change of every kind. Tier `professional` unless told. */
export function alertContent(overrides: Partial<AlertContent> = {}): AlertContent {
  const tier = overrides.tier ?? 'professional';
  return {
    kind: 'alert',
    tier,
    archiveName: 'ConductAtlas Policy Archive',
    entity: { id: 'harbourline', name: 'Harbourline', exposure: { before: 58, after: 65 } },
    document: {
      id: 'CA-D-00310',
      title: 'Harbourline Terms of Service',
      url: documentUrl,
      exposure: { before: 17, after: 24 },
    },
    revision: { id: 'CA-D-00310-2026-05-04' },
    followUp: false,
    changes: changesOfEveryKind.map((full) => cutToTier(structuredClone(full), tier)),
    ...overrides,
  };
}

/** One reader of an alert, with two watchlists and an unsubscribe link. */
export function recipient(overrides: Partial<Recipient> = {}): Recipient {
  return {
    deliveryId: '9001',
    createdAt: '2026-05-04T09:01:30Z',
    alert: {
      id: '7001',
      url: 'https://tocsin.example/alerts/7001',
      watchlists: [
        { id: '11', name: 'Hosting vendors' },
        { id: '12', name: 'Arbitration & class actions' },
      ],
    },
    links: { unsubscribe: 'https://tocsin.example/unsubscribe?token=u1.K3fZ9-q_7w' },
    ...overrides,
  };
}
