import { plural } from '../../domain/wording.js';
import type { Backtest, BacktestChange, BacktestItem } from '../../watchlists/backtest.js';
import { WeekBars } from '../charts/week-bars.js';
import type { Site } from '../frame/site.js';
import { LocalMoment } from '../parts/local-moment.js';
import { SeverityMove } from '../parts/severity.js';
import { Name } from '../parts/words.js';

/** Changes that are shown of a message. */
const mostShown = 3;

/** What a trial came to: what would have been sent, nothing to try, or why it could not be tried. */
export type TrialResult =
  { kind: 'sent'; backtest: Backtest; longer: Longer | null } | { kind: 'said'; words: string };

/** What came to nothing, tried over more days: the first that have something to send, else the most. */
export type Longer = { days: string; backtest: Backtest };

/** Messages that would have been sent. */
export function sentBy({ total }: Backtest): number {
  return total.alerts + total.digests;
}

/** What a watchlist would have sent, in words, by week and as a list. */
export function TrialPart({ site, days, result }: { site: Site; days: string; result: TrialResult }) {
  if (result.kind === 'said') return <p>{result.words}</p>;
  const { total, weeks, items, suppressed, timeZone } = result.backtest;
  const sent = sentBy(result.backtest);
  const noun: readonly [string, string] = total.digests > 0 ? ['digest', 'digests'] : ['alert', 'alerts'];
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
      {sent === 0 && <Nothing site={site} days={days} suppressed={suppressed} longer={result.longer} />}
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
        {sent > 0 && untold(suppressed)} Times are those of {timeZone}.
      </p>
    </>
  );
}

type NothingProps = {
  site: Site;
  days: string;
  suppressed: Backtest['suppressed'];
  longer: Longer | null;
};

/** Why nothing would have been sent: a rule that is too narrow, or a time in which nothing happened; and what was last. */
function Nothing({ site, days, suppressed, longer }: NothingProps) {
  const [last] = longer?.backtest.items ?? [];
  return (
    <>
      <p>{whyNothing(suppressed, days)}</p>
      {longer && !last && <p>{whyNothing(longer.backtest.suppressed, longer.days)}</p>}
      {longer && last && (
        <>
          <p>The last that it would have sent:</p>
          <ol class="trial-items">
            <Message site={site} item={last} timeZone={longer.backtest.timeZone} />
          </ol>
          <button name="do" value={`try-${longer.days}`} class="quiet" formnovalidate>
            Try it on the last {longer.days} days
          </button>
        </>
      )}
    </>
  );
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

function whyNothing(suppressed: Backtest['suppressed'], days: string): string {
  const count = Object.values(suppressed).reduce((sum, one) => sum + one, 0);
  if (count === 0) return `Nothing that it follows changed in ${days} days.`;
  const saw = `What it follows saw ${plural(count, 'change', 'changes')} in ${days} days, but`;
  if (count === suppressed.rule) return `${saw} nothing that the rule wants.`;
  return `${saw} nothing to tell: ${reasonsOf(suppressed)}.`;
}

function untold(suppressed: Backtest['suppressed']): string {
  const told = reasonsOf(suppressed);
  return told === '' ? '' : `Followed, but not told: ${told}.`;
}

function reasonsOf(suppressed: Backtest['suppressed']): string {
  const reasons = [
    [suppressed.rule, 'that the rule does not want'],
    [suppressed.cosmetic, 'of form alone'],
    [suppressed.reverted + suppressed.cancelledOut, 'that went back in time'],
    [suppressed.retracted, 'that the archive took back'],
    [suppressed.flapping, 'that go back and forth'],
    [suppressed.late, 'that came in late'],
    [suppressed.silent, 'taken in as history'],
  ] as const;
  return reasons
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
}
