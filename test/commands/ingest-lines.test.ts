import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestLines, type Totals } from '../../src/commands/ingest-file.js';
import { ConfigError } from '../../src/config.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent } from '../support/events.js';
import { alertsOf, watch } from '../support/watching.js';

const feed = fileURLToPath(new URL('../../../shared/data/provision-changes.ndjson', import.meta.url));
const unseen = { advance: () => undefined };

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

let entities = 0;
const newEntity = () => `ingested-${++entities}`;
const lineOf = (event: unknown) => JSON.stringify(event);
/** Events of one entity, each of a provision of its own. */
const linesOf = (entity: string, count: number) =>
  Array.from({ length: count }, (_, n) => lineOf(provisionEvent({ entity, provision: `${entity}-${n}` })));

async function ingest(text: string, { silent = false } = {}): Promise<Totals> {
  return ingestLines(app.app.get(Intake), Readable.from([text]), silent, unseen);
}

async function refusal(text: string): Promise<string> {
  try {
    await ingest(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

async function changesOf(entity: string): Promise<number> {
  const { body } = await app.call('GET', `/v1/changes?entity=${entity}&limit=200`, {
    token: app.operatorToken,
  });
  return body.items.length;
}

describe('a file of events', () => {
  it('is all duplicates the second time', async () => {
    const text = linesOf(newEntity(), 5).join('\n');
    expect(await ingest(text)).toEqual({ accepted: 5, duplicates: 0 });
    expect(await ingest(text)).toEqual({ accepted: 0, duplicates: 5 });
  });

  it('goes on where it was cut off', async () => {
    const lines = linesOf(newEntity(), 7);
    await ingest(lines.slice(0, 3).join('\n'));
    expect(await ingest(lines.join('\n'))).toEqual({ accepted: 4, duplicates: 3 });
  });

  it('may have blank lines and the line ends of any system', async () => {
    const [first, second, third] = linesOf(newEntity(), 3);
    const text = `\r\n${first}\r\n\r\n  \n${second}\n\n${third}\r\n\r\n`;
    expect(await ingest(text)).toEqual({ accepted: 3, duplicates: 0 });
  });

  it('may be empty', async () => {
    expect(await ingest('')).toEqual({ accepted: 0, duplicates: 0 });
  });

  it('may be cut into pieces anywhere, in the middle of a character too', async () => {
    const event = provisionEvent({ entity: newEntity(), after: { severity: 'low', text: 'Ünïcödé „…“ 🔔' } });
    const bytes = Buffer.from(`${lineOf(event)}\n`);
    const pieces = Array.from(bytes, (_, n) => bytes.subarray(n, n + 1));
    const input = Readable.from(pieces, { objectMode: false });
    expect(await ingestLines(app.app.get(Intake), input, false, unseen)).toEqual({
      accepted: 1,
      duplicates: 0,
    });
    const { body } = await app.call('GET', `/v1/provisions/${event.subject}`, { token: app.operatorToken });
    expect(JSON.stringify(body)).toContain('Ünïcödé „…“ 🔔');
  });

  it('shows how far it is, by bytes and events', async () => {
    const lines = linesOf(newEntity(), 201);
    const seen: [number, number][] = [];
    const bar = { advance: (bytes: number, events: number) => void seen.push([bytes, events]) };
    await ingestLines(app.app.get(Intake), Readable.from([lines.join('\n')]), true, bar);
    expect(seen.reduce((sum, [bytes]) => sum + bytes, 0)).toBe(Buffer.byteLength(lines.join('\n')) + 1);
    expect(seen.at(-1)?.[1]).toBe(200);
  });
});

describe('a line that is wrong', () => {
  it.each([
    ['is no JSON', 'not json', /^line 4: .*JSON/],
    ['is no event', '{"specversion":"1.0"}', /^line 4: .*\bid\b/],
    [
      'is too large',
      lineOf(provisionEvent({ after: { severity: 'low', text: 'x'.repeat(262_144) } })),
      /^line 4: .*256 KiB/,
    ],
    ['cannot be true', lineOf({ ...withdrawal(), id: 'never-there' }), /^line 4: data\.after .*withdrawn/],
  ])('is named by its number, and what came before it is in: it %s', async (_, wrong, expected) => {
    const entity = newEntity();
    const [first, second, last] = linesOf(entity, 3) as [string, string, string];
    const text = [first, second, '', wrong, last].join('\n');
    const message = await refusal(text);
    expect(message).toMatch(expected);
    expect(message).toContain('(2 events before it are in;');
    expect(message).not.toContain('\n');
    expect(await changesOf(entity)).toBe(2);
    expect(await refusal(text)).toBe(message);
    expect(await ingest([first, second, last].join('\n'))).toEqual({ accepted: 1, duplicates: 2 });
  });

  it('is named and counted from the beginning of a long file', async () => {
    const entity = newEntity();
    const lines = linesOf(entity, 230).toSpliced(220, 0, lineOf({ ...withdrawal(), id: 'late-in-the-file' }));
    const message = await refusal(lines.join('\n'));
    expect(message).toMatch(/^line 221: .*\(220 events before it are in;/);
  });
});

describe('--silent', () => {
  it('records history and alerts nobody; what comes later alerts', async () => {
    const account = await app.createAccount();
    const entity = newEntity();
    await watch(app, account, [['entity', entity]]);
    await ingest(linesOf(entity, 3).join('\n'), { silent: true });
    await app.work();
    expect(await changesOf(entity)).toBe(3);
    expect(await alertsOf(app, account)).toEqual([]);
    await ingest(lineOf(provisionEvent({ entity, provision: `${entity}-later` })));
    await app.work();
    expect(await alertsOf(app, account)).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(feed))('the real feed (skipped where it is not beside this checkout)', () => {
  it('goes in whole, and is known whole the second time', async () => {
    const take = async () => ingestLines(app.app.get(Intake), createReadStream(feed), false, unseen);
    expect(await take()).toEqual({ accepted: 588, duplicates: 0 });
    expect(await take()).toEqual({ accepted: 0, duplicates: 588 });
  }, 60_000);
});

function withdrawal() {
  const event = provisionEvent({ entity: 'never', provision: 'never-in-force' });
  return { ...event, data: { ...event.data, after: null } };
}
