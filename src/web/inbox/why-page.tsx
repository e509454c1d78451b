import type { WatchRule } from '../../domain/watch-rule.js';
import { channelName } from '../../domain/channel-name.js';
import { shown } from '../../domain/shown-text.js';
import { ruleWords } from '../../domain/watchlist-words.js';
import type { SilenceService } from '../../silence/silence.service.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Site } from '../frame/site.js';
import type { Member, Visit } from '../frame/visit.js';
import { LocalMoment } from '../parts/local-moment.js';
import { SeverityMove } from '../parts/severity.js';
import { Name, nameOf } from '../parts/words.js';

type Why = Awaited<ReturnType<SilenceService['why']>>;

const titles: Readonly<Record<Why['outcome'], string>> = {
  told: 'Why you got this',
  'not-told': 'Why you did not get this',
  'not-followed': 'Why you did not get this',
};

/** Why a member was told of a change, or was not: in sentences, with what each watchlist made of it. */
export function whyPage(
  visit: Visit,
  { timeZone }: Member,
  why: Why,
  rules: ReadonlyMap<string, WatchRule>,
): string {
  const { site } = visit;
  const { change, outcome, explanation, watchlists, mutes, alert, deliveries } = why;
  const following = watchlists.filter(({ follows }) => follows.length > 0);
  return pageOf(
    <Layout visit={visit} area="inbox" title={titles[outcome]}>
      <header class="head">
        <p class="kicker">
          <Name text={change.entity.name} />
          <span aria-hidden="true"> · </span>
          <Name text={change.document.title} />
        </p>
        <h1>{titles[outcome]}</h1>
        <p class="lead">{shown(explanation)}</p>
        <dl class="facts brief">
          <dt>Change</dt>
          <dd>
            <a href={`${site.base}/changes/${change.id}`} dir="auto">
              {nameOf(change.provision.title)}
            </a>
          </dd>
          <dt>Severity</dt>
          <dd>
            <SeverityMove delta={change.delta} />
          </dd>
          <dt>Came in</dt>
          <dd>
            <LocalMoment at={change.receivedAt} zone={timeZone} named />
          </dd>
          {alert !== null && <dt>Alert</dt>}
          {alert !== null && (
            <dd>
              <a href={`${site.base}/alerts/${alert.id}`}>
                Made on <LocalMoment at={alert.createdAt} zone={timeZone} named />
              </a>
            </dd>
          )}
        </dl>
      </header>
      {mutes.map(({ kind, key, until }) => (
        <p key={kind + key} class="note">
          <strong>Muted now.</strong> You muted its {kind}
          {until === null ? ' for good' : ' until '}
          {until !== null && <LocalMoment at={until} zone={timeZone} named />}.
        </p>
      ))}
      <section>
        <h2>What your watchlists made of it</h2>
        {following.length === 0 && <p>None of your {watchlists.length} watchlists follows it.</p>}
        <ul class="verdicts">
          {following.map((verdict) => (
            <Verdict key={verdict.id} site={site} verdict={verdict} rule={rules.get(verdict.id)} />
          ))}
        </ul>
      </section>
      {deliveries.length > 0 && (
        <section>
          <h2>Where it went</h2>
          <ul>
            {deliveries.map(({ id, destination, explanation: fate }) => (
              <li key={id}>
                <a href={`${site.base}/deliveries/${id}`}>
                  <Name text={destination.label ?? channelName(destination.kind)} />
                </a>
                : {shown(fate)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>,
  );
}

type VerdictProps = { site: Site; verdict: Why['watchlists'][number]; rule: WatchRule | undefined };

function Verdict({ site, verdict, rule }: VerdictProps) {
  const { id, name, led, inTime, explanation } = verdict;
  const mark = led ? '●' : '○';
  return (
    <li>
      <p>
        <span aria-hidden="true">{mark} </span>
        <a href={`${site.base}/watchlists/${id}`}>
          <Name text={name} />
        </a>
        {led ? ' led to the alert.' : inTime ? ' did not lead to an alert.' : ' came too late.'}
      </p>
      <p class="aside">{shown(explanation)}</p>
      {rule && (
        <p class="aside">
          Its rule: <bdi>{shown(ruleWords(rule))}</bdi>.
        </p>
      )}
    </li>
  );
}
