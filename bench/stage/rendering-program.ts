import { ChannelRegistry } from '../../src/channels/registry.js';
import { parseConfig } from '../../src/config.js';
import type { AlertContent, Recipient } from '../../src/domain/alert-content.js';
import { citationOf } from '../../src/domain/citation.js';
import { severityDelta } from '../../src/domain/delta.js';
import { wordDiff } from '../../src/domain/word-diff.js';
import { monotonicMs } from '../monotonic.js';
import { longClause, sampleEvent } from './sample-events.js';
import { secretKey } from './service.js';

const archiveName = 'ConductAtlas Policy Archive';

/** Renders and fills distinct revisions on every channel, as a worker does at the first delivery of each. */
export async function renderingProgram({ revisions }: { revisions: number }) {
  const config = parseConfig({}, () => '');
  const channels = ChannelRegistry.of({ config, smtpUrl: 'smtp://127.0.0.1:9', secretKey, version: 'bench' });
  const contents = Array.from({ length: revisions }, (_, n) => contentOf(n));
  return {
    /** @returns milliseconds an item, by channel */
    async run(): Promise<Record<string, number>> {
      const spent: Record<string, number> = {};
      for (const kind of channels.kinds) {
        const channel = channels.find(kind);
        if (channel === undefined) continue;
        const startedAt = monotonicMs();
        for (const [n, content] of contents.entries()) {
          // Whether a channel fills at once or later is its own affair.
          await Promise.resolve(channel.fill(await channel.render(content), recipientOf(n)));
        }
        spent[kind] = (monotonicMs() - startedAt) / revisions;
      }
      return spent;
    },
  };
}

function contentOf(n: number): AlertContent {
  const { data, time } = sampleEvent(
    n,
    { entity: `e-${n}`, document: `d-${n}`, provision: `p-${n}` },
    longClause,
  );
  const { entity, provision, before, after } = data;
  const document = { id: data.document.id, title: data.document.title, url: data.document.url ?? null };
  const [textBefore, textAfter] = [before?.text ?? null, after?.text ?? null];
  const capture = { before: before?.capture ?? null, after: after?.capture ?? null };
  return {
    kind: 'alert',
    tier: 'watcher',
    archiveName,
    entity: { ...entity, exposure: { before: 12, after: 18 } },
    document: { ...document, exposure: { before: 4, after: 10 } },
    revision: { id: null },
    followUp: false,
    changes: [
      {
        id: String(n + 1),
        url: `https://tocsin.example/changes/${n + 1}`,
        time,
        effectiveAt: data.effectiveAt ?? null,
        provision: { ...provision, url: provision.url ?? null },
        delta: severityDelta(before?.severity ?? null, after?.severity ?? null, false),
        text: { before: textBefore, after: textAfter, diff: wordDiff(textBefore, textAfter) },
        standing: { lower: 3, equal: 2, higher: 1 },
        capture,
        citation: citationOf({ archiveName, entity, document, provision, capture: capture.after }),
        analysis: data.analysis ?? null,
        locked: [],
      },
    ],
  };
}

function recipientOf(n: number): Recipient {
  return {
    deliveryId: String(n + 1),
    createdAt: '2026-03-24T09:00:00.000Z',
    alert: {
      id: String(n + 1),
      url: `https://tocsin.example/alerts/${n + 1}?key=abcdefghijklmnopqrstuvwxyz`,
      watchlists: [{ id: '1', name: 'Policies we rely on' }],
    },
    links: { unsubscribe: `https://tocsin.example/unsubscribe/${'abcdefgh'.repeat(12)}` },
  };
}
