import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeMove, noPast, type Past, type Verdict } from '../../src/domain/standing-changes.js';

const hourMs = 3_600_000;
const begin = Date.UTC(2026, 0, 1);

/** Moves a provision from state to state, `hours` after one another. */
function moved(states: string, hours: number | readonly number[] = 1) {
  let past: Past = noPast;
  let at = begin;
  return Array.from(states)
    .slice(1)
    .map((after, n): Verdict => {
      at += (typeof hours === 'number' ? hours : (hours[n] ?? 1)) * hourMs;
      const judged = judgeMove(past, {
        changeId: String(n + 1),
        at: new Date(at),
        before: states[n] ?? '',
        after,
      });
      past = judged.past;
      return judged.verdict;
    });
}
const told = (...of: Parameters<typeof moved>) =>
  moved(...of).map((verdict) =>
    'undoes' in verdict ? `${verdict.kind} ${verdict.undoes.join()}`.trim() : verdict.kind,
  );

describe('judgeMove', () => {
  it.each<[string, string, number | number[], string[]]>([
    ['what goes back', 'aba', 1, ['news', 'reverted 1']],
    ['what goes back over several steps', 'abca', 1, ['news', 'news', 'reverted 1,2']],
    ['what goes back in part', 'abcb', 1, ['news', 'news', 'reverted 2']],
    ['what goes back in two steps', 'abcba', 1, ['news', 'news', 'reverted 2', 'reverted 1']],
    ['what comes once more after it went back', 'abab', 1, ['news', 'reverted 1', 'news']],
    ['what goes back after a week and an hour', 'aba', 169, ['news', 'news']],
    ['what goes back within the week', 'aba', 168, ['news', 'reverted 1']],
    [
      'what flaps',
      'abababababa',
      1,
      [
        'news',
        'reverted 1',
        'news',
        'reverted 3',
        'news',
        'reverted 5',
        'news',
        'flapping 7',
        'quiet',
        'quiet 9',
      ],
    ],
    [
      'what flapped and was stable for two days',
      'abababababa',
      [1, 1, 1, 1, 1, 1, 1, 1, 48, 1],
      [
        'news',
        'reverted 1',
        'news',
        'reverted 3',
        'news',
        'reverted 5',
        'news',
        'flapping 7',
        'news',
        'reverted 9',
      ],
    ],
    [
      'what goes back three times a week',
      'ababababab',
      60,
      ['news', 'reverted 1', 'news', 'reverted 3', 'news', 'reverted 5', 'news', 'reverted 7', 'news'],
    ],
  ])('knows %s', (_what, states, hours, expected) => {
    expect(told(states, hours)).toEqual(expected);
  });

  it('refuses a move that leads nowhere', () => {
    expect(() => moved('aa')).toThrow(RangeError);
  });

  const walk = fc
    .tuple(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 25 }),
      fc.array(fc.nat(80), { maxLength: 25 }),
    )
    .map(([states, hours]) => ({
      states: states.filter((state, n) => state !== states[n - 1]).join(''),
      hours,
    }));

  it('undoes each change once, and none but those that came before', () => {
    fc.assert(
      fc.property(walk, ({ states, hours }) => {
        const undone = moved(states, hours).flatMap((verdict, n) =>
          'undoes' in verdict ? verdict.undoes.map((id) => [Number(id), n + 1] as const) : [],
        );
        expect(new Set(undone.map(([id]) => id)).size).toBe(undone.length);
        for (const [id, by] of undone) expect(id).toBeLessThan(by);
      }),
    );
  });

  it('leads back to the state before the first of what it undoes', () => {
    fc.assert(
      fc.property(walk, ({ states, hours }) => {
        for (const [n, verdict] of moved(states, hours).entries()) {
          const [first] = 'undoes' in verdict ? verdict.undoes : [];
          expect(first === undefined || states[n + 1] === states[Number(first) - 1]).toBe(true);
        }
      }),
    );
  });

  it('tells flapping once, and nothing more until nothing has moved for 48 hours', () => {
    fc.assert(
      fc.property(walk, ({ states, hours }) => {
        let flapsSince: number | null = null;
        for (const [n, { kind }] of moved(states, hours).entries()) {
          const restedH = hours[n] ?? 1;
          if (flapsSince !== null) expect(kind === 'quiet').toBe(restedH < 48);
          else expect(kind).not.toBe('quiet');
          if (kind === 'flapping') flapsSince = n;
          else if (kind !== 'quiet') flapsSince = null;
        }
      }),
    );
  });
});
