import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { slackChannel } from '../../../src/channels/slack/slack-channel.js';
import type { AlertProgress } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { alertContent, changeContent, hostile, recipient } from '../../support/alert-content-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeatContent,
  netChangeContent,
} from '../../support/digest-content-fixture.js';
import { slackFaults } from '../../support/slack-limits.js';

const channel = slackChannel({});
afterAll(() => channel.close());

const alone = recipient({ alert: null });

async function message(content: Content) {
  return channel.fill(await channel.render(content), content.kind === 'echo' ? recipient() : alone);
}

/** All texts of blocks, as a reader sees them. */
function textOf(blocks: readonly unknown[]): string {
  const texts: string[] = [];
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('');
}

const read = async (content: Content) => textOf((await message(content)).blocks);

const reason = 'The page of another country was read.';
const goldens: Record<string, Content> = {
  'digest.json': digestContent(),
  'heartbeat.json': heartbeatContent(),
  'quiet-hours.json': digestContent({
    occasion: 'quiet-hours',
    omitted: 0,
    total: 3,
    echoes: [],
    cancelledOut: 0,
  }),
  'echo-reverted.json': echoContent(),
  'echo-retracted.json': echoContent({ about: 'retracted', reason, by: [] }),
  'echo-corrected.json': echoContent({ about: 'corrected', reason, by: [] }),
  'echo-reminder.json': echoContent({ about: 'reminder', at: '2026-05-25T00:00:00Z', by: [] }),
  'coverage-lost.json': coverageContent(),
  'coverage-back.json': coverageContent({ about: 'back', detail: null }),
};

it.each(Object.entries(goldens))('reads as in golden/%s and keeps to the limits', async (file, content) => {
  const sent = await message(content);
  const text = `${JSON.stringify(sent, null, 2)}\n`;
  const path = new URL(`golden/${file}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
  expect(slackFaults(sent)).toEqual([]);
});

describe('a digest', () => {
  it('names its window at the reader’s time, and what changed on balance, by entity and document', async () => {
    const text = await read(digestContent());
    expect(text).toContain('▲ High — Daily digest: 5 changes: Harbourline, Lanternpay');
    expect(text).toContain('Monday 4 May 2026, 08:00 to Tuesday 5 May 2026, 08:00 (Europe/Berlin)');
    expect(text).toContain('Harbourline · exposure 58 → 65');
    expect(text).toContain('Lanternpay User Agreement · exposure 20 → 12');
    expect(text.indexOf('Liability for Loss of Data')).toBeLessThan(text.indexOf('Lanternpay · exposure'));
    expect(text).toContain('On balance of 3 changes: the steps');
    expect(text).toContain('2 more changes in the whole digest.');
    expect(text).toContain('1 provision changed and is again as it was.');
    expect(text).toContain('Of Hosting vendors');
  });

  it('strikes through what is no longer so', async () => {
    const { blocks } = await message(digestContent());
    expect(JSON.stringify(blocks)).toContain(
      '{"type":"text","text":"▲ Low → Medium","style":{"strike":true}}',
    );
    expect(textOf(blocks)).toContain('Harbourline: Harbourline Terms of Service: Governing Law went back');
  });

  it('that has nothing to tell says what was looked at', async () => {
    const text = await read(heartbeatContent());
    expect(text).toContain('Daily digest: nothing changed');
    expect(text).toContain('41 documents checked, the newest capture 3 h ago.');
    const silent = { documents: 2, unseen: 0, lastVerified: null };
    expect(await read(heartbeatContent({ coverage: silent }))).toContain(
      'You follow 2 documents; the archive did not say when it looked at them.',
    );
  });

  it('names the gravest first where there is no room, and counts the others', async () => {
    const clause = 'We keep what you send us and what we learn of you. '.repeat(200);
    const changes = Array.from({ length: 20 }, (_, index) =>
      netChangeContent({
        id: String(index),
        provision: { ...changeContent().provision, title: `Clause ${index}. ${'long '.repeat(30)}` },
        text: { before: '', after: clause, diff: [{ op: '+', text: clause }] },
        analysis: { summary: clause },
      }),
    );
    changes[19]!.delta = { kind: 'introduced', before: null, after: 'high', change: 3, direction: 'rise' };
    const [entity] = digestContent().entities;
    const entities = [{ ...entity!, documents: [{ ...entity!.documents[0]!, changes }] }];
    const sent = await message(digestContent({ entities, total: 100, omitted: 80 }));
    const text = textOf(sent.blocks);
    expect(slackFaults(sent)).toEqual([]);
    expect(text).toContain('Clause 19.');
    const named = text.match(/Clause \d+\./g)!.length;
    expect(named).toBeGreaterThan(10);
    expect(text).toContain(`${100 - named} more changes in the whole digest.`);
  });
});

describe('what became of an alert', () => {
  it('says that it went back, strikes through what was told, and links what undid it', async () => {
    const { blocks } = await message(echoContent());
    const text = textOf(blocks);
    expect(text).toContain('Went back — Harbourline: Harbourline Terms of Service');
    expect(text).toContain('2 of the 6 changes that you were told of went back on 5 May 2026, 09:31 UTC');
    expect(text).toContain('What else was told stands.');
    expect(JSON.stringify(blocks)).toContain('"▲ Medium → High","style":{"strike":true}');
    expect(JSON.stringify(blocks)).toContain('"url":"https://tocsin.example/changes/60"');
    expect(text).toContain('Open the alert');
  });

  it('gives the archive’s reason, and what a corrected change says now', async () => {
    const retracted = await read(echoContent({ about: 'retracted', reason }));
    expect(retracted).toContain('what was told was wrong');
    expect(retracted).toContain(reason);
    const corrected = await read(echoContent({ about: 'corrected', reason: null }));
    expect(corrected).toContain('This is how it reads now.');
    expect(corrected).toContain('Disputes can no longer go before a court.');
  });

  it('reminds of the day on which a rise takes effect', async () => {
    const text = await read(echoContent({ about: 'reminder', at: '2026-05-25T00:00:00Z', alertChanges: 2 }));
    expect(text).toContain('All 2 changes that you were told of take effect in 7 days, on 1 June 2026.');
  });

  it('has no button that acts, since the alert’s own message has them', async () => {
    const sent = await message(echoContent());
    expect(sent.acting('7')).toEqual(sent.blocks);
  });
});

describe('the message of an alert that was undone', () => {
  const progress = (echoes: AlertProgress['echoes']): AlertProgress => ({
    acknowledged: null,
    mutedChangeIds: [],
    followUps: { count: 0, deltas: [] },
    ...(echoes && { echoes }),
  });
  const changed = async (echoes: AlertProgress['echoes'], content = alertContent()) => {
    const alert = { ...recipient().alert!, progress: progress(echoes) };
    return channel.fill(await channel.render(content), recipient({ alert }));
  };

  it('says so below its title, and in its plain text, with buttons and without', async () => {
    const sent = await changed([{ about: 'reverted', at: '2026-05-05T09:31:00.000Z' }]);
    expect(sent.text).toMatch(/^↩ Went back: ▲ High/);
    for (const blocks of [sent.blocks, sent.acting('7')]) {
      expect(JSON.stringify(blocks[1])).toContain('↩ Went back');
      expect(JSON.stringify(blocks[1])).toContain('"fallback":"2026-05-05 09:31 UTC"');
      expect(slackFaults({ ...sent, blocks })).toEqual([]);
    }
  });

  it('stays as it was while it stands, and says no more than that it takes effect soon before that', async () => {
    const untouched = await message(alertContent());
    expect((await changed([])).text).toBe((await changed(undefined)).text);
    expect(textOf(untouched.blocks)).not.toContain('Went back');
    const soon = await changed([{ about: 'reminder', at: '2026-05-25T00:00:00.000Z' }]);
    expect(soon.text).toMatch(/^▲ High/);
    expect(textOf(soon.blocks)).toContain('Takes effect soon');
  });

  it('strikes through which of its changes went back', async () => {
    const [first, second] = alertContent().changes;
    const content = alertContent({
      changes: [first!, { ...second!, revertedAt: '2026-05-05T09:31:00.000Z' }],
    });
    const { blocks } = await changed(undefined, content);
    expect(JSON.stringify(blocks)).toContain('"▲ Medium → High","style":{"strike":true}');
    expect(JSON.stringify(blocks)).toContain('"▲ Not in force → High","style":{"bold":true}');
    expect(textOf(blocks)).toContain('went back on 5 May 2026, 09:31 UTC');
  });
});

describe('coverage', () => {
  it('says since when a document is out of sight, and what that means', async () => {
    const text = await read(coverageContent());
    expect(text).toContain('Out of sight — Harbourline: Harbourline Terms of Service');
    expect(text).toContain('cannot reach this document since 2 May 2026, 04:00 UTC');
    expect(text).toContain('its silence means nothing');
    expect(text).toContain('HTTP 403: the page asks for a sign-in.');
    expect(await read(coverageContent({ cause: 'unverified' }))).toContain(
      'Nobody has looked at this document',
    );
    expect(await read(coverageContent({ about: 'back' }))).toContain('In sight again — Harbourline');
  });
});

describe('an alert', () => {
  it('names the notice that was given, and a provision that goes back and forth', async () => {
    const change = (over: object) => read(alertContent({ changes: [changeContent(over)] }));
    expect(await change({ effectiveAt: '2026-05-04' })).toContain(
      'posted 4 May 2026, takes effect at once, without notice',
    );
    expect(await change({ effectiveAt: '2026-05-01' })).toContain(
      'posted 4 May 2026, took effect 3 days before it was posted: 1 May 2026',
    );
    expect(await change({ flapping: { since: '2026-04-28T00:00:00Z', times: 4 } })).toContain(
      'Goes back and forth: 4 times since 28 April 2026.',
    );
  });
});

it.each(Object.entries(hostile))('what an archive holds stays text: %s', async (_, attack) => {
  const [entity] = digestContent().entities;
  const named = { entity: { id: '1', name: attack }, document: { id: '1', title: attack, url: attack } };
  const contents: Content[] = [
    digestContent({
      entities: [{ ...entity!, name: attack }],
      echoes: [
        {
          ...digestContent().echoes[0]!,
          entity: attack,
          document: attack,
          provision: attack,
          alertUrl: attack,
        },
      ],
      watchlists: [{ id: '1', name: attack }],
    }),
    echoContent({ about: 'retracted', reason: attack, entity: { ...alertContent().entity, name: attack } }),
    coverageContent({ ...named, detail: attack }),
  ];
  for (const content of contents) expect(slackFaults(await message(content))).toEqual([]);
});
