import { laneName, lengthWords, number } from '../domain/operating-words.js';
import type { Overview } from './overview-view.js';

/** What is wrong, in words: what, and what to look at. */
export type Trouble = { what: string; do: string; path?: `/${string}` };

/** Seconds after which what is due is late. */
const lateS = 120;
/** A lane of which more attempts failed than this within the hour is in trouble. */
const worstShare = 0.25;
const fewest = 10;
const advice: Readonly<Record<string, string>> = {
  email: 'Does the mail server take mail, and does a process run with the worker role?',
  slack: 'Does Slack answer, and does a process run with the worker role?',
};

/** Gravest first. */
export function troublesOf(
  overview: Overview,
  lanes: readonly { lane: string; hours: readonly { delivered: number; failed: number }[] }[],
): Trouble[] {
  return [
    ...lateLanes(overview),
    ...failingLanes(lanes),
    ...stuckFanOut(overview),
    ...given(overview.mailsRefused > 0, {
      what: `${counted(overview.mailsRefused, 'mail was', 'mails were')} refused by policy within a day.`,
      do: 'Look at the reputation of the sending address, and at block lists.',
    }),
    ...given(dead(overview) > 0, {
      what: `${counted(dead(overview), 'delivery was', 'deliveries were')} given up.`,
      do: 'See why, and send them again once the reason is gone.',
      path: '/operator/dead',
    }),
    ...given(overview.disabledDestinationCount > 0, {
      what: `${counted(overview.disabledDestinationCount, 'destination is', 'destinations are')} disabled.`,
      do: 'Their owners were told. See whether one reason is behind many.',
      path: '/operator/destinations',
    }),
  ];
}

function lateLanes({ queue }: Overview): Trouble[] {
  return Object.entries(queue)
    .filter(([, { oldestDueSeconds }]) => (oldestDueSeconds ?? 0) > lateS)
    .toSorted(([, a], [, b]) => (b.oldestDueSeconds ?? 0) - (a.oldestDueSeconds ?? 0))
    .map(([lane, { due, oldestDueSeconds }]) => ({
      what: `${laneName(lane)}: ${number(due)} wait, the oldest is ${lengthWords(oldestDueSeconds ?? 0)} late.`,
      do: advice[lane] ?? 'Do the endpoints answer, and does a process run with the worker role?',
      path: '/operator/destinations',
    }));
}

function failingLanes(
  lanes: readonly { lane: string; hours: readonly { delivered: number; failed: number }[] }[],
): Trouble[] {
  return lanes.flatMap(({ lane, hours }) => {
    const { delivered, failed } = hours.at(-1) ?? { delivered: 0, failed: 0 };
    const all = delivered + failed;
    if (failed < fewest || failed / all < worstShare) return [];
    const share = Math.round((failed / all) * 100);
    return [
      {
        what: `${laneName(lane)}: ${share} % of ${number(all)} attempts within the hour failed.`,
        do: 'See which destinations fail, and why.',
        path: '/operator/destinations' as const,
      },
    ];
  });
}

function stuckFanOut({ fanOut: { revisionsToPlan, rangesLeft } }: Overview): Trouble[] {
  return given(revisionsToPlan > 20, {
    what: `${number(revisionsToPlan)} revisions wait to be matched, with ${number(rangesLeft)} slices of followers begun.`,
    do: 'Does a process run with the worker role, and is the database busy?',
  });
}

function dead({ queue }: Overview): number {
  return Object.values(queue).reduce((sum, lane) => sum + lane.dead, 0);
}

/** "1 mail was", "1,200 mails were" */
function counted(count: number, one: string, many: string): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function given(holds: boolean, trouble: Trouble): Trouble[] {
  return holds ? [trouble] : [];
}
