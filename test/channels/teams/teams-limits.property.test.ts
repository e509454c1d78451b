import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { teamsChannel } from '../../../src/channels/teams/teams-channel.js';
import type { AlertContent, ChangeContent } from '../../../src/domain/alert-content.js';
import { severityDelta } from '../../../src/domain/delta.js';
import type { CoverageContent } from '../../../src/domain/coverage-content.js';
import type { DigestContent } from '../../../src/domain/digest-content.js';
import { type EchoContent } from '../../../src/domain/echo-content.js';
import { echoKinds } from '../../../src/domain/echo-kind.js';
import { Tier } from '../../../src/domain/tiers.js';
import { buttonsOf } from './card-text.js';
import { teamsFaults } from './teams-faults.js';

const channel = teamsChannel({ allowNetworks: [] });
afterAll(() => channel.close());

/** Any Unicode, whole or broken, and what Teams, Markdown or a workflow would act on. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '<at>Everyone</at>',
    '<',
    'at>',
    '[AWS](https://evil.example)',
    'www.evil.example',
    '**bold** _it_ ~~no~~ `code`',
    '{',
    '{{DATE(2017-02-14T06:00:00Z, SHORT)}}',
    '${variables(1)}',
    '"}]}',
    '\\',
    '\n\n- item\n# head',
    '\uD800',
    '\u202E',
    '漢字',
  ),
);
const text = (max: number) =>
  fc.tuple(fc.array(piece, { maxLength: 6 }), fc.nat(max)).map(([pieces, times]) => {
    const unit = pieces.join('');
    return unit.repeat(unit.length === 0 ? 0 : 1 + Math.floor(times / unit.length));
  });
const short = text(200);
const url = fc.oneof(
  fc.webUrl(),
  short,
  fc.constantFrom(
    'javascript:alert(1)',
    'https://a.example/<>|"?<at>"\\{{',
    `https://a.example/${'x'.repeat(1_900)}`,
    `https://a.example/?${'\\'.repeat(450)}`,
  ),
);
const count = fc.nat(10_000);
const exposure = fc.record({ before: count, after: count });
const severity = fc.constantFrom('low' as const, 'medium' as const, 'high' as const);
const delta = fc.oneof(
  severity.map((after) => severityDelta(null, after, false)),
  severity.map((before) => severityDelta(before, null, false)),
  fc.tuple(severity, severity, fc.boolean()).map((sides) => severityDelta(...sides)),
);
const capture = fc.record(
  { capturedAt: fc.constant('2026-05-04T08:58:40+02:00'), sourceUrl: url, archiveUrl: url, sha256: short },
  { requiredKeys: ['capturedAt'] },
);
const analysis = fc.record(
  {
    summary: text(3_000),
    consumerImpact: text(3_000),
    businessImpact: text(3_000),
    complianceMemo: text(3_000),
    regulatoryCitations: fc.array(fc.record({ citation: short, note: short }), { maxLength: 20 }),
    agencies: fc.array(fc.record({ code: short, name: short, note: short, complaintUrl: url }), {
      maxLength: 20,
    }),
  },
  { requiredKeys: [] },
);
const part = fc.record({ op: fc.constantFrom('=' as const, '+' as const, '-' as const), text: text(2_000) });

const change: fc.Arbitrary<ChangeContent> = fc.record({
  id: short,
  url,
  time: fc.constant('2026-05-04T09:00:00Z'),
  effectiveAt: fc.option(fc.constant('2026-06-01')),
  provision: fc.record({
    id: short,
    title: short,
    clauseType: short,
    categories: fc.constant([]),
    url: fc.option(url),
  }),
  delta,
  text: fc.record({
    before: fc.constant(''),
    after: fc.constant(''),
    diff: fc.array(part, { maxLength: 60 }),
  }),
  standing: fc.record({ lower: count, equal: count, higher: count }),
  capture: fc.record({ before: fc.option(capture), after: fc.option(capture) }),
  citation: text(3_000),
  analysis: fc.option(analysis),
  locked: fc.subarray(['regulatoryCitations' as const, 'complianceMemo' as const]),
});

const content: fc.Arbitrary<AlertContent> = fc.record({
  kind: fc.constant('alert' as const),
  tier: fc.constantFrom(...Tier.options),
  archiveName: short,
  entity: fc.record({ id: short, name: short, exposure }),
  document: fc.record({ id: short, title: short, url: fc.option(url), exposure }),
  revision: fc.record({ id: fc.option(short) }),
  followUp: fc.boolean(),
  changes: fc.array(change, { minLength: 1, maxLength: 25 }),
});

const when = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const steps = fc.array(fc.record({ id: short, url, time: when, delta }), { minLength: 1, maxLength: 5 });
const undone = fc.record({
  flapping: fc.option(fc.record({ since: when, times: count })),
  revertedAt: fc.option(when),
  retractedAt: fc.option(when),
});
const someChange = fc.tuple(change, undone).map(([one, more]) => ({ ...one, ...more }));
const netChange = fc.tuple(someChange, steps).map(([one, made]) => ({ ...one, steps: made }));
const digestDocument = fc.record({
  id: short,
  title: short,
  url: fc.option(url),
  exposure,
  changes: fc.array(netChange, { minLength: 1, maxLength: 8 }),
});
const digestEntity = fc.record({
  id: short,
  name: short,
  exposure,
  documents: fc.array(digestDocument, { minLength: 1, maxLength: 3 }),
});
const digest: fc.Arbitrary<DigestContent> = fc.record({
  kind: fc.constant('digest' as const),
  tier: fc.constantFrom(...Tier.options),
  archiveName: short,
  occasion: fc.constantFrom('hourly', 'daily', 'weekly', 'quiet-hours'),
  timeZone: fc.constantFrom('UTC', 'America/New_York', 'Nowhere/Else'),
  from: when,
  until: when,
  entities: fc.array(digestEntity, { maxLength: 4 }),
  total: count,
  omitted: count,
  cancelledOut: count,
  echoes: fc.array(
    fc.record({
      about: fc.constantFrom('reverted', 'retracted', 'corrected'),
      at: when,
      alertUrl: url,
      entity: short,
      document: short,
      provision: short,
      delta,
    }),
    { maxLength: 20 },
  ),
  url,
  coverage: fc.option(fc.record({ documents: count, unseen: count, lastVerified: fc.option(when) })),
  watchlists: fc.array(fc.record({ id: short, name: short }), { maxLength: 20 }),
});
const echo: fc.Arbitrary<EchoContent> = fc
  .record({
    about: fc.constantFrom(...echoKinds),
    at: when,
    reason: fc.option(text(3_000)),
    by: fc.array(fc.record({ id: short, url, time: when }), { maxLength: 8 }),
    alertChanges: fc.integer({ min: 1, max: 60 }),
    changes: fc.array(someChange, { minLength: 1, maxLength: 20 }),
    told: content,
  })
  .map(({ told: { followUp: _, ...alert }, ...own }) => ({ ...alert, ...own, kind: 'echo' }));
const coverage: fc.Arbitrary<CoverageContent> = fc.record({
  kind: fc.constant('coverage' as const),
  archiveName: short,
  about: fc.constantFrom('lost', 'back'),
  cause: fc.constantFrom('unverified', 'unreachable'),
  entity: fc.record({ id: short, name: short }),
  document: fc.record({ id: short, title: short, url: fc.option(url) }),
  lastVerified: fc.option(when),
  since: when,
  detail: fc.option(text(3_000)),
  url,
});

const reader = fc.record({
  deliveryId: fc.constant('1'),
  createdAt: fc.constant('2026-05-04T09:01:30Z'),
  alert: fc.record({
    id: fc.constant('1'),
    url,
    watchlists: fc.array(fc.record({ id: fc.constant('1'), name: short }), { maxLength: 200 }),
  }),
  links: fc.constant({}),
});

const ourWords =
  /^(Open the (change|alert|digest)|What is known of it|Undone \d.{15,40}|Source|Archived copy|Read the document|Complain to .{0,30})$/su;

it('keeps to the size, mentions nobody and shows text as text, whatever an alert holds', async () => {
  await fc.assert(
    fc.asyncProperty(content, reader, async (alert, to) => {
      const { json } = channel.fill(await channel.render(alert), to);
      expect(teamsFaults(json)).toEqual([]);
      expect(buttonsOf(json).filter(({ title }) => !ourWords.test(title.replaceAll('\u2060', '')))).toEqual(
        [],
      );
    }),
    { numRuns: 100 },
  );
});

const alertOfStorm = fc.record({
  url,
  entity: short,
  document: short,
  provision: short,
  delta,
  moreChanges: count,
});

it('keeps to the same in the summary of a storm', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(alertOfStorm, { minLength: 1, maxLength: 10 }), async (alerts) => {
      const storm = { since: '2026-05-04T09:00:00Z', cap: 30, total: 99, inboxUrl: 'https://tocsin.example' };
      const template = await channel.render({ kind: 'summary', archiveName: 'Archive', ...storm, alerts });
      const to = { deliveryId: '1', createdAt: '2026-05-04T09:01:30Z', alert: null, links: {} };
      expect(teamsFaults(channel.fill(template, to).json)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('keeps to the same in digests, in what became of alerts and in coverage', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(digest, echo, coverage), reader, async (told, to) => {
      const reached = told.kind === 'echo' ? to : { ...to, alert: null };
      const { json } = channel.fill(await channel.render(told), reached);
      expect(teamsFaults(json)).toEqual([]);
      const titles = buttonsOf(json).map(({ title }) => title.replaceAll('\u2060', ''));
      expect(titles.filter((title) => !ourWords.test(title))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
