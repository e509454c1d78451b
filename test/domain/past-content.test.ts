import { describe, expect, it } from 'vitest';
import { alertContent, digestContent, endsToCompare, pastReverts } from '../../src/domain/past-content.js';
import { pastMessages, type PastChange } from '../../src/domain/past-messages.js';

let made = 0;
const change = (given: Partial<PastChange> = {}): PastChange => ({
  id: String(++made),
  revisionId: `r${made}`,
  provisionId: 'p',
  kind: 'reworded',
  beforeRank: 1,
  afterRank: 1,
  settledAt: 0,
  undone: null,
  ...given,
});
const minute = 60_000;

describe('pastMessages', () => {
  it('puts the changes of a revision into one alert, newest first, without those undone before', () => {
    const first = [change({ revisionId: 'a', settledAt: 5 }), change({ revisionId: 'a', settledAt: 5 })];
    const second = change({ settledAt: 9, undone: { at: 10, revisionId: 'x' } });
    const never = change({ settledAt: 9, undone: { at: 9, revisionId: 'x' } });
    expect(pastMessages([...first, second, never], { mode: 'instant' }, 'UTC')).toEqual({
      messages: [
        { at: 9, changes: [second] },
        { at: 5, changes: first },
      ],
      wentBack: 1,
      retracted: 0,
    });
  });

  it('leaves out what was retracted before it was told, whatever else became of it, and nothing else', () => {
    const before = change({ settledAt: 9, retractedAt: 9 });
    const both = change({ settledAt: 9, retractedAt: 8, undone: { at: 7, revisionId: 'x' } });
    const after = change({ settledAt: 9, retractedAt: 10 });
    expect(pastMessages([before, both, after], { mode: 'instant' }, 'UTC')).toEqual({
      messages: [{ at: 9, changes: [after] }],
      wentBack: 0,
      retracted: 2,
    });
    expect(pastMessages([after], { mode: 'hourly' }, 'UTC')).toMatchObject({ messages: [], retracted: 1 });
  });

  it('puts the changes of a window into one digest, also when revisions overlap', () => {
    const [one, two, three] = [10, 70, 20].map((at) => change({ settledAt: at * minute }));
    const hourly = pastMessages([one!, two!, three!], { mode: 'hourly' }, 'UTC').messages;
    expect(hourly).toEqual([
      { at: 120 * minute, changes: [two] },
      { at: 60 * minute, changes: [one, three] },
    ]);
  });
});

describe('digestContent', () => {
  const digest = (...changes: PastChange[]) => ({ at: 0, changes });

  it('asks for the words of what may have come back, and leaves out what did', () => {
    const steps = [change({ afterRank: 3 }), change({ beforeRank: 3 })];
    const last = steps[1]!.id;
    expect(endsToCompare(digest(...steps))).toEqual([{ first: steps[0]!.id, last }]);
    const same = new Map([[last, { before: 'Same words.', after: 'same, words' }]]);
    expect(digestContent(digest(...steps), same)).toEqual({ news: [], cancelledOut: 1 });
    expect(digestContent(digest(...steps), new Map()).news).toEqual([]);
    const other = new Map([[last, { before: 'One.', after: 'Other.' }]]);
    const { news, cancelledOut } = digestContent(digest(...steps), other);
    expect([news[0]?.delta.kind, news[0]?.steps, cancelledOut]).toEqual(['reworded', steps, 0]);
  });

  it('needs no words of one step, of another rank at the end, and of what came and went', () => {
    const one = change({ provisionId: 'one' });
    const rose = [change({ afterRank: 2 }), change({ beforeRank: 2, afterRank: 3 })];
    const gone = [
      change({ provisionId: 'gone', beforeRank: 0, afterRank: 2 }),
      change({ provisionId: 'gone', beforeRank: 2, afterRank: 0 }),
    ];
    const all = digest(one, ...rose, ...gone);
    expect(endsToCompare(all)).toEqual([]);
    const { news, cancelledOut } = digestContent(all, new Map());
    expect(news.map(({ delta }) => delta.kind)).toEqual(['reworded', 'escalated']);
    expect(cancelledOut).toBe(1);
  });
});

describe('pastReverts', () => {
  it('counts each revision told with each that undid some of it, once', () => {
    const undone = (by: string) => ({ at: 1, revisionId: by });
    const contents = [
      change({ revisionId: 'a', undone: undone('x') }),
      change({ revisionId: 'a', undone: undone('x') }),
      change({ revisionId: 'a', undone: undone('y') }),
      change({ revisionId: 'b', undone: undone('x') }),
      change(),
    ].map((one) => alertContent({ at: 0, changes: [one] }));
    expect(pastReverts(contents)).toBe(3);
  });

  it('counts what was retracted, and its way back only when that came before', () => {
    const undone = { at: 5, revisionId: 'x' };
    const reverts = (given: Partial<PastChange>) =>
      pastReverts([alertContent({ at: 0, changes: [change(given)] })]);
    expect(reverts({ retractedAt: 4 })).toBe(1);
    expect(reverts({ retractedAt: 4, undone })).toBe(1);
    expect(reverts({ retractedAt: 6, undone })).toBe(2);
  });
});
