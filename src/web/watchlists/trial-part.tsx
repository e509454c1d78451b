import { plural } from '../../domain/wording.js';
import type { Backtest, BacktestChange, BacktestItem } from '../../watchlists/backtest.js';
import { WeekBars } from '../charts/week-bars.js';
import type { Site } from '../frame/site.js';
import { LocalMoment } from '../parts/local-moment.js';
import { SeverityMove } from '../parts/severity.js';
import { Name } from '../parts/words.js';
import { longestTrial } from './watchlist-draft.js';

/** Changes that are shown of a message. */
const mostShown = 3;

/** What a trial came to: what would have been sent, nothing to try, or why it could not be tried. */
export type TrialResult =
  | {
      kind: 'sent';
      backtest: Backtest;
      /** The same over the longest time, with its last message: where a shorter one has none. */
      longer: Backtest | null;
    }
  | { kind: 'said'; words: string };

/** What a watchlist would have sent, in words, by week and as a list. */
export function TrialPart({ site, days, result }: { site: Site; days: string; result: TrialResult }) {
  if (result.kind === 'said') return <p>{result.words}</p>;
  const { weeks, items, suppressed, timeZone } = result.backtest;
  const { sent, noun } = sentIn(result.backtest);
  const counts = weeks.map(({ week, alerts, digests, changes }) => ({
    week,
    messages: alerts + digests,
    changes,
  }));
  return (
    <>
      <p class="trial-total">
        Would have sent <strong>{sent === 0 ? 'nothing' : plural(sent, ...noun)}</strong> in {days} days
        {sent > 0 && items.length === sent ? ': these.' : '.'}
      </p>
      {sent === 0 && Object.values(suppressed).every((count) => count === 0) && (
        <p>Nothing that it follows changed in that time.</p>
      )}
      {result.longer && <Longer site={site} backtest={result.longer} />}
      {sent > 0 && <WeekBars weeks={counts} noun={noun} />}
      {items.length > 0 && (
        <ol class="trial-items">
          {items.map((item) => (
            <Message key={idOf(item)} site={site} item={item} timeZone={timeZone} />
          ))}
        </ol>
      )}
      {items.length < sent && <p class="aside">The newest {items.length} of them are listed.</p>}
      <p class="aside">
        {untold(suppressed)} Times are those of {timeZone}.
      </p>
    </>
  );
}

/** What a longer time would have brought, so that a rule which is too narrow can be told from a quiet time. */
function Longer({ site, backtest }: { site: Site; backtest: Backtest }) {
  const { sent, noun } = sentIn(backtest);
  const [last] = backtest.items;
  if (!last) return <p>Nor would it have sent anything in {longestTrial} days.</p>;
  return (
    <>
      <p>
        In {longestTrial} days it would have sent {plural(sent, ...noun)},{' '}
        {sent > 1 ? 'this the last' : 'this'}:
      </p>
      <ol class="trial-items">
        <Message site={site} item={last} timeZone={backtest.timeZone} />
      </ol>
    </>
  );
}

function sentIn({ total }: Backtest): { sent: number; noun: readonly [string, string] } {
  const noun = total.digests > 0 ? (['digest', 'digests'] as const) : (['alert', 'alerts'] as const);
  return { sent: total.alerts + total.digests, noun };
}

function Message({ site, item, timeZone }: { site: Site; item: BacktestItem; timeZone: string }) {
  const at = item.kind === 'alert' ? item.at : item.until;
  const more = Math.max(0, item.changes.length - mostShown) + item.omitted;
  return (
    <li>
      <p class="trial-when">
        <LocalMoment at={at} zone={timeZone} />
        {item.kind === 'alert' && item.revertedAt !== null && ', went back later'}
      </p>
      <ul>
        {item.changes.slice(0, mostShown).map((change) => (
          <li key={change.id}>
            <Told site={site} change={change} />
          </li>
        ))}
      </ul>
      {more > 0 && <p class="aside">and {plural(more, 'change', 'changes')} more</p>}
    </li>
  );
}

function Told({ site, change }: { site: Site; change: BacktestChange }) {
  const { id, entity, document, provision, delta } = change;
  return (
    <>
      <a href={`${site.base}/changes/${id}`}>
        <Name text={provision.title} />
      </a>{' '}
      <SeverityMove delta={delta} />
      <span class="aside">
        <Name text={entity.name} />, <Name text={document.title} />
      </span>
    </>
  );
}

function idOf(item: BacktestItem): string {
  return item.changes[0]?.id ?? (item.kind === 'alert' ? item.at : item.until);
}

function untold(suppressed: Backtest['suppressed']): string {
  const reasons = [
    [suppressed.rule, 'that the rule does not want'],
    [suppressed.cosmetic, 'of form alone'],
    [suppressed.reverted + suppressed.cancelledOut, 'that went back in time'],
    [suppressed.retracted, 'that the archive took back'],
    [suppressed.flapping, 'that go back and forth'],
    [suppressed.late, 'that came in late'],
    [suppressed.silent, 'taken in as history'],
  ] as const;
  const told = reasons.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return told.length === 0 ? '' : `Followed, but not told: ${told.join(', ')}.`;
}
