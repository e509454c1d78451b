import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { teamsChannel } from '../../../src/channels/teams/teams-channel.js';
import type { Content } from '../../../src/domain/content.js';
import { alertContent, changeContent, recipient } from '../../support/alert-content-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeatContent,
  netChangeContent,
} from '../../support/digest-content-fixture.js';
import { buttonsOf, cardOf, textOf } from './card-text.js';
import { teamsFaults } from './teams-faults.js';

const channel = teamsChannel({ allowNetworks: [] });
afterAll(() => channel.close());

const alone = recipient({ alert: null });

async function message(content: Content): Promise<string> {
  return channel.fill(await channel.render(content), content.kind === 'echo' ? recipient() : alone).json;
}

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
  const json = await message(content);
  const text = `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
  const path = new URL(`golden/${file}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
  expect(teamsFaults(json)).toEqual([]);
});

describe('a digest', () => {
  it('names its window, what changed on balance by entity and document, and what is no longer so', async () => {
    const json = await message(digestContent());
    const text = textOf(json);
    expect(cardOf(json).fallbackText).toBe('▲ High — Daily digest: 5 changes: Harbourline, Lanternpay');
    expect(text).toContain('Monday 4 May 2026, 08:00 to Tuesday 5 May 2026, 08:00 (Europe/Berlin)');
    expect(text).toContain('Harbourline · exposure up from 58 to 65');
    expect(text).toContain('on balance of 3 changes');
    expect(text).toContain('2 more changes in the whole digest');
    expect(text).toContain(
      '[-▲ Low → Medium-] · Harbourline: Harbourline Terms of Service: Governing Law went back',
    );
    expect(text).toContain('1 provision changed and is again as it was.');
    expect(buttonsOf(json)).toContainEqual({ title: 'Open the digest', url: digestContent().url });
  });

  it('that has nothing to tell says what was looked at', async () => {
    const text = textOf(await message(heartbeatContent()));
    expect(text).toContain('Daily digest: nothing changed');
    expect(text).toContain('41 documents checked, the newest capture 3 h ago.');
  });

  it('names the ten gravest where there is no room, and counts the others', async () => {
    const clause = '漢字 "{{" '.repeat(400);
    const changes = Array.from({ length: 20 }, (_, index) =>
      netChangeContent({
        provision: { ...changeContent().provision, title: `Clause ${index}. ${clause}` },
        text: { before: '', after: clause, diff: [{ op: '+', text: clause }] },
        analysis: { summary: clause },
      }),
    );
    changes[19]!.delta = { kind: 'introduced', before: null, after: 'high', change: 3, direction: 'rise' };
    const [entity] = digestContent().entities;
    const entities = [{ ...entity!, documents: [{ ...entity!.documents[0]!, changes }] }];
    const json = await message(digestContent({ entities, total: 100, omitted: 80 }));
    expect(teamsFaults(json)).toEqual([]);
    expect(textOf(json)).toContain('Clause 19.');
    expect(textOf(json)).toContain('90 more changes in the whole digest');
  });

  it('leaves out lines that names made to be long leave no room for', async () => {
    const long = '{'.repeat(400);
    const entities = Array.from({ length: 10 }, (_, index) => ({
      id: String(index),
      name: long,
      exposure: { before: 1, after: 2 },
      documents: [
        {
          id: String(index),
          title: long,
          url: null,
          exposure: { before: 1, after: 2 },
          changes: [netChangeContent({ provision: { ...changeContent().provision, title: long } }, 3)],
        },
      ],
    }));
    const echoes = Array.from({ length: 9 }, () => ({
      ...digestContent().echoes[0]!,
      entity: long,
      document: long,
      provision: long,
    }));
    const json = await message(digestContent({ entities, echoes, total: 10, omitted: 0 }));
    expect(teamsFaults(json)).toEqual([]);
    expect(textOf(json)).toMatch(/\d more changes? in the whole digest/);
  });
});

describe('what became of an alert', () => {
  it('says that it went back, what was told, and what undid it', async () => {
    const json = await message(echoContent());
    expect(textOf(json)).toContain('Went back — Harbourline: Harbourline Terms of Service');
    expect(textOf(json)).toContain('[-▲ Medium → High-] · Liability for Loss of Data');
    expect(buttonsOf(json).map(({ title }) => title)).toEqual([
      'Undone 5 May 2026, 09:31 UTC',
      'Open the alert',
      'Read the document',
    ]);
  });

  it('gives the archive’s reason, what a corrected change says now, and the day of a reminder', async () => {
    expect(textOf(await message(echoContent({ about: 'retracted', reason })))).toContain(reason);
    const corrected = textOf(await message(echoContent({ about: 'corrected' })));
    expect(corrected).toContain('Why it matters: Disputes can no longer go before a court.');
    const soon = echoContent({ about: 'reminder', at: '2026-05-25T00:00:00Z', alertChanges: 2 });
    expect(textOf(await message(soon))).toContain('take effect in 7 days, on 1 June 2026.');
  });
});

describe('coverage', () => {
  it('says since when a document is out of sight, and when it is back', async () => {
    const json = await message(coverageContent());
    expect(textOf(json)).toContain('cannot reach this document since 2 May 2026, 04:00 UTC');
    expect(buttonsOf(json).map(({ title }) => title)).toEqual(['What is known of it', 'Read the document']);
    expect(textOf(await message(coverageContent({ about: 'back' })))).toContain('In sight again');
  });
});

describe('an alert', () => {
  it('names a provision that goes back and forth, and a change that went back', async () => {
    const flapping = { since: '2026-04-28T00:00:00Z', times: 4 };
    const changes = [changeContent({ flapping, revertedAt: '2026-05-05T09:31:00.000Z' })];
    const text = textOf(await message(alertContent({ changes })));
    expect(text).toContain('Goes back and forth: 4 times since 28 April 2026.');
    expect(text).toContain('Went back on 5 May 2026, 09:31 UTC.');
  });
});
