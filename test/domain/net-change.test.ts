import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netChanges, type Step } from '../../src/domain/net-change.js';
import type { Side } from '../../src/domain/provision-event.js';
import type { Severity } from '../../src/domain/severity.js';

const side = (severity: Severity, text = 'You must not.'): Side => ({ severity, text });
const steps = (...sides: (Side | null)[]): Step[] =>
  sides
    .slice(1)
    .map((after, n) => ({ changeId: String(n + 1), provisionId: 'p', before: sides[n] ?? null, after }));
const kinds = (...sides: (Side | null)[]) => netChanges(steps(...sides)).map(({ delta }) => delta.kind);

describe('netChanges', () => {
  it('is nothing of what came back, and rewording when it came back in other words', () => {
    expect(kinds(side('medium'), side('high'), side('medium'))).toEqual([]);
    expect(kinds(side('medium'), side('high'), side('medium', 'You MUST not!'))).toEqual([]);
    expect(kinds(side('medium'), side('high'), side('medium', 'You may.'))).toEqual(['reworded']);
  });

  it('is nothing of what came and went, and one change of what went and came', () => {
    expect(kinds(null, side('low'), null)).toEqual([]);
    expect(kinds(side('low'), null, side('high'))).toEqual(['escalated']);
  });

  it('is the first before and the last after, with all steps between', () => {
    const [net] = netChanges(steps(side('low'), side('high'), null, side('medium')));
    expect(net).toEqual({
      provisionId: 'p',
      delta: { kind: 'escalated', before: 'low', after: 'medium', change: 1, direction: 'rise' },
      before: side('low'),
      after: side('medium'),
      steps: ['1', '2', '3'],
    });
  });

  const anySide = fc.option(
    fc.record({
      severity: fc.constantFrom<Severity>('low', 'medium', 'high'),
      text: fc.constantFrom('a b', 'A b.', 'a c'),
    }),
  );
  const anySteps = fc
    .array(fc.tuple(fc.constantFrom('p', 'q', 'r'), anySide), { maxLength: 12 })
    .map((moves) => {
      const now = new Map<string, Side | null>();
      return moves.map(([provisionId, after], n): Step => {
        const before = now.get(provisionId) ?? null;
        now.set(provisionId, after);
        return { changeId: String(n), provisionId, before, after };
      });
    });

  it('says the same of a window, however it is cut in two and put together', () => {
    fc.assert(
      fc.property(anySteps, fc.nat(12), (all, at) => {
        const both = [all.slice(0, at), all.slice(at)].flatMap((part) =>
          netChanges(part).map(({ provisionId, before, after, steps: [changeId = ''] }) => ({
            changeId,
            provisionId,
            before,
            after,
          })),
        );
        const shown = (list: readonly Step[]) =>
          netChanges(list)
            .map(({ provisionId, delta }) => JSON.stringify([provisionId, delta]))
            .toSorted((a, b) => (a < b ? -1 : 1));
        // Words that differ in form alone may be lost between the parts: then both say the same words.
        expect(shown(both)).toEqual(shown(all));
      }),
    );
  });

  it('tells each provision once, with every step of it', () => {
    fc.assert(
      fc.property(anySteps, (all) => {
        const net = netChanges(all);
        expect(new Set(net.map(({ provisionId }) => provisionId)).size).toBe(net.length);
        for (const { provisionId, steps: its } of net) {
          expect(its).toEqual(
            all.filter((step) => step.provisionId === provisionId).map(({ changeId }) => changeId),
          );
        }
      }),
    );
  });
});
