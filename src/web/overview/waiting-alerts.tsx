import type { AttentionService } from '../../overview/attention.service.js';
import { agoWords } from '../../domain/local-words.js';
import { plural } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { SeverityMove } from '../parts/severity.js';
import { Name } from '../parts/words.js';

type Waiting = Awaited<ReturnType<AttentionService['waiting']>>;

/** The answer to "what do I have to know?". */
export function waitingWords({ inAll, isMore }: Pick<Waiting, 'inAll' | 'isMore'>): string {
  if (inAll === 0) return 'Nothing waits for you';
  if (isMore) return `At least ${inAll} alerts wait for you`;
  return inAll === 1 ? 'One alert waits for you' : `${inAll} alerts wait for you`;
}

/** Alerts that nobody has acknowledged yet, the gravest first. */
export function WaitingAlerts({ site, waiting, now }: { site: Site; waiting: Waiting; now: Date }) {
  const { alerts, inAll, isMore } = waiting;
  if (alerts.length === 0) return null;
  const rest = inAll - alerts.length;
  return (
    <section aria-label="Alerts that wait, the gravest first">
      <ol class="changes waiting">
        {alerts.map(({ id, delta, entity, document, provision, changes, createdAt, wentBack }) => (
          <li key={id}>
            <a href={`${site.base}/alerts/${id}`}>
              <Name text={provision.title} />
            </a>
            <SeverityMove delta={delta} />
            <p class="aside">
              <Name text={entity.name} />, <Name text={document.title} />
              {changes > 1 && `, with ${plural(changes - 1, 'more change', 'more changes')}`},{' '}
              <time dateTime={createdAt}>{agoWords(createdAt, now.toISOString())}</time>
              {wentBack && '; it went back since'}
            </p>
          </li>
        ))}
      </ol>
      <p class="pager">
        <a href={`${site.base}/inbox`}>
          {rest > 0
            ? `${rest} more${isMore ? ' and older ones' : ''} in the inbox`
            : 'Open the inbox to acknowledge'}
        </a>
      </p>
    </section>
  );
}
