import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { teamsChannel } from '../../../src/channels/teams/teams-channel.js';
import type { AlertContent, ChangeContent } from '../../../src/domain/alert-content.js';
import { severityDelta } from '../../../src/domain/delta.js';
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

const ourWords = /^(Open the (change|alert)|Source|Archived copy|Read the document|Complain to .{0,30})$/su;

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
