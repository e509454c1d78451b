import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ChangeKind } from '../../src/domain/delta.js';
import { ProvisionEvent, type Side } from '../../src/domain/provision-event.js';
import { applyEvent, type ProvisionState } from '../../src/domain/provision-state.js';

const archive = eventsOf('archive.ndjson');
const feed = eventsOf('feed.ndjson');
const all = [...archive, ...feed];

/** The one real clause: its text is short, and its digest is of the archive's capture, not of the text. */
const realClause = 'CA-P-002547';
const invented = all.filter((event) => event.subject !== realClause);

describe('samples', () => {
  it('has 60 provisions of 12 clause types in 20 documents of 8 entities', () => {
    expect(distinct(archive.map((event) => event.data.entity.id))).toBe(8);
    expect(distinct(archive.map((event) => event.data.document.id))).toBe(20);
    expect(distinct(archive.map((event) => event.subject))).toBe(60);
    expect(distinct(archive.map((event) => event.data.provision.clauseType))).toBe(12);
    expect(archive).toHaveLength(60);
    expect(feed).toHaveLength(30);
  });

  it('introduces every provision of the archive in order, before the feed begins', () => {
    expect(archive.every((event) => event.data.before === null && event.data.after !== null)).toBe(true);
    const times = archive.map((event) => Date.parse(event.time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(Date.parse(feed[0]?.time ?? ''));
  });

  it('gives every event an id of its own', () => {
    expect(distinct(all.map((event) => `${event.source} ${event.id}`))).toBe(all.length);
  });

  it('compares every clause type across at least three entities', () => {
    const byType = grouped(archive, (event) => event.data.provision.clauseType);
    const rare = [...byType].filter(
      ([, events]) => distinct(events.map((event) => event.data.entity.id)) < 3,
    );
    expect(rare).toEqual([]);
  });

  it('carries the SHA-256 of every text', () => {
    const sides = invented.flatMap((event) => [event.data.before, event.data.after]).filter(isSide);
    for (const side of sides) {
      expect(side.capture?.sha256).toBe(createHash('sha256').update(side.text, 'utf8').digest('hex'));
    }
  });

  it('keeps each clause between 40 and 160 words', () => {
    const sides = invented.map((event) => event.data.after).filter(isSide);
    const lengths = sides.map((side) => side.text.split(/\s+/).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(160);
  });

  it('links to nothing but example domains for the invented companies', () => {
    const archived = invented.map(({ data }) => [data.document, data.provision, data.before, data.after]);
    const hosts = JSON.stringify(archived).matchAll(/https?:\/\/([^/"\\)]+)/g);
    expect([...hosts].map(([, host]) => host).filter((host) => !host?.endsWith('.example'))).toEqual([]);
  });

  it('tells the size of each revision right, and bundles one document in each', () => {
    const bundled = feed.filter((event) => event.data.revision !== undefined);
    const revisions = grouped(bundled, (event) => event.data.revision?.id ?? '');
    for (const events of revisions.values()) {
      expect(events.map((event) => event.data.revision?.size)).toEqual(events.map(() => events.length));
      expect(distinct(events.map((event) => event.data.document.id))).toBe(1);
    }
    const sizes = [...revisions.values()].map((events) => events.length);
    expect(new Set(sizes)).toEqual(new Set([1, 2, 3, 4]));
    expect(bundled.length).toBeLessThan(feed.length);
  });

  it('explains every change of the feed', () => {
    const unexplained = feed.filter(({ data: { analysis } }) => {
      return !(analysis?.summary && analysis.consumerImpact && analysis.businessImpact);
    });
    expect(unexplained).toEqual([]);
  });

  it('has every kind of change, and escalates and eases by one rank and by two', () => {
    const deltas = replay().map((change) => change.delta);
    expect(new Set(deltas.map((delta) => delta.kind))).toEqual(new Set(ChangeKind.options));
    const steps = deltas.filter((delta) => delta.before !== null && delta.after !== null);
    expect(new Set(steps.map((delta) => delta.change))).toEqual(new Set([-2, -1, 0, 1, 2]));
  });

  it('has one late change, one gap, one change without its former side, and announced ones', () => {
    const changes = replay();
    expect(changes.filter((change) => change.late).map((change) => change.id)).toEqual([
      'CA-P-002909-2026-05-25',
    ]);
    expect(changes.filter((change) => change.gap).map((change) => change.id)).toEqual([
      'CA-P-002909-2026-06-03',
    ]);
    expect(feed.filter((event) => event.data.before === undefined)).toHaveLength(1);
    const announced = feed.filter((event) => (event.data.effectiveAt ?? '') > event.time);
    expect(announced.length).toBeGreaterThanOrEqual(1);
  });

  it('is in order of time, but for the late one', () => {
    const lateIds = new Set(replay().flatMap((change) => (change.late ? [change.id] : [])));
    const times = feed.filter((event) => !lateIds.has(event.id)).map((event) => Date.parse(event.time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('takes one change back to the letter', () => {
    const first = archive.find((event) => event.subject === 'CA-P-002706');
    const [changed, reverted, ...more] = feed.filter((event) => event.subject === 'CA-P-002706');
    expect(more).toEqual([]);
    expect(changed?.data.after?.text).not.toBe(first?.data.after?.text);
    expect(reverted?.data.after?.text).toBe(first?.data.after?.text);
    expect(reverted?.data.after?.severity).toBe(first?.data.after?.severity);
  });
});

function eventsOf(file: string): ProvisionEvent[] {
  const lines = readFileSync(new URL(`../../samples/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => ProvisionEvent.parse(JSON.parse(line)));
}

/** What the feed does to the archive, change by change. */
function replay() {
  const known = new Map<string, ProvisionState>();
  const transitions = all.map((event) => {
    const transition = applyEvent(known.get(event.subject) ?? null, event, event.id);
    if (transition === null) throw new Error(`${event.id} withdraws what was never in force`);
    known.set(event.subject, transition.state);
    return { id: event.id, ...transition };
  });
  return transitions.slice(archive.length);
}

function isSide(side: Side | null | undefined): side is Side {
  return side !== null && side !== undefined;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function distinct(values: readonly string[]): number {
  return new Set(values).size;
}
