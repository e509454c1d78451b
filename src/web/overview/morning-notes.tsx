import type { ComponentChildren } from 'preact';
import type { Cadence } from '../../domain/cadence.js';
import { silenceWords } from '../../domain/silence.js';
import { tiers, tierThatAllows, type Tier } from '../../domain/tiers.js';
import { plural } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { DestinationName, idleWords } from '../parts/destination-name.js';
import { LocalMoment } from '../parts/local-moment.js';
import { SeverityMove } from '../parts/severity.js';
import { Day, Name } from '../parts/words.js';
import type { Overview } from './overview-reader.js';

/** A plan is worth a word when so much of it is used. */
const nearLimit = 0.8;
const digestsShown = 4;
const namesShown = 3;
const reasonsShown = 4;

const cadenceWords: Readonly<Record<Cadence['mode'], string>> = {
  instant: 'At once',
  hourly: 'Hourly digest',
  daily: 'Daily digest',
  weekly: 'Weekly digest',
};

function Note({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <section class="morning">
      <h2>{heading}</h2>
      {children}
    </section>
  );
}

/** Places where nothing arrives, and what to do about it. */
export function Troubled({ site, destinations }: { site: Site; destinations: Overview['destinations'] }) {
  const troubled = destinations.flatMap((one) =>
    one.status === 'active' ? [] : [{ ...one, status: one.status }],
  );
  if (troubled.length === 0) return null;
  return (
    <Note heading="Destinations that need a hand">
      <ul>
        {troubled.map(({ id, kind, label, status, reason, settings }) => (
          <li key={id}>
            <a href={`${site.base}/destinations/${id}`}>
              <DestinationName place={{ kind, label, settings }} />
            </a>{' '}
            {idleWords[status]}
            {reason !== null && (
              <>
                : <Name text={reason} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** Changes that are told and not yet in force: the time that is left to act. */
export function TakesEffect({ site, soon }: { site: Site; soon: Overview['soon'] }) {
  if (soon.length === 0) return null;
  return (
    <Note heading="Takes effect soon">
      <ol class="soon">
        {soon.map(({ id, effectiveAt, entity, provision, delta }) => (
          <li key={id}>
            <p>
              <Day on={effectiveAt} />
            </p>
            <a href={`${site.base}/changes/${id}`}>
              <Name text={entity.name} />: <Name text={provision.title} />
            </a>
            <p>
              <SeverityMove delta={delta} />
            </p>
          </li>
        ))}
      </ol>
    </Note>
  );
}

type Digests = { site: Site; digests: Overview['digests']; timeZone: string };

/** What is gathered, and when it is told. */
export function NextDigests({ site, digests, timeZone }: Digests) {
  if (digests.length === 0) return null;
  return (
    <Note heading="Next digests">
      <ul>
        {digests.slice(0, digestsShown).map(({ at, cadence, watchlists }) => (
          <li key={at + cadence.mode}>
            <LocalMoment at={at} zone={timeZone} />
            <span class="aside">
              {cadenceWords[cadence.mode]} of{' '}
              {watchlists.slice(0, namesShown).map(({ id, name }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <a href={`${site.base}/watchlists/${id}`}>
                    <Name text={name} />
                  </a>
                </span>
              ))}
              {watchlists.length > namesShown && ` and ${watchlists.length - namesShown} more`}
            </span>
          </li>
        ))}
      </ul>
      <p class="aside">Times of {timeZone}.</p>
    </Note>
  );
}

/** What of this month stayed silent, by reason. */
export function NotTold({ site, silence }: { site: Site; silence: Overview['silence'] }) {
  const { reasons, changes, isMore } = silence;
  return (
    <Note heading="Not told this month">
      {changes === 0 ? (
        <p>
          {isMore ? 'Of the newest changes that you follow, all were told.' : 'All that you follow was told.'}
        </p>
      ) : (
        <>
          <p>
            {isMore
              ? `Of the newest changes that you follow, ${changes}`
              : plural(changes, 'change', 'changes')}{' '}
            {changes === 1 ? 'was' : 'were'} not told:
          </p>
          <ul class="tally">
            {reasons.slice(0, reasonsShown).map(({ reason, changes: count }) => (
              <li key={reason}>
                <a href={`${site.base}/suppressed?reason=${reason}`}>{count}</a> {silenceWords[reason]}
              </li>
            ))}
          </ul>
          <p>
            <a href={`${site.base}/suppressed`}>Each of them, and why</a>
          </p>
        </>
      )}
    </Note>
  );
}

/** What a plan holds, when little of it is left. */
export function PlanUse(props: { site: Site; tier: Tier; following: Overview['following'] }) {
  const { site, tier, following } = props;
  const terms = tiers[tier];
  const near = (['watchlists', 'follows'] as const).filter(
    (name) => following[name] >= nearLimit * terms[name],
  );
  if (near.length === 0 || following.follows === 0) return null;
  const larger = tierThatAllows((other) => near.every((name) => other[name] > terms[name]));
  return (
    <Note heading="Your plan">
      <ul>
        {near.map((name) => (
          <li key={name}>
            {following[name]} of {terms[name]} {name} of the {tier} tier
          </li>
        ))}
      </ul>
      <p>
        <a href={`${site.base}/settings/plan`}>
          {larger === null ? 'See your plan' : `The ${larger} tier holds more`}
        </a>
      </p>
    </Note>
  );
}
