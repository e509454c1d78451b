import type { InboxService } from '../../alerts/inbox.service.js';
import { deltaOfRanks } from '../../domain/delta.js';
import type { Site } from '../frame/site.js';
import { LocalMoment } from '../parts/local-moment.js';
import { SeverityMove } from '../parts/severity.js';
import { Name, nameOf } from '../parts/words.js';

export type AlertRow = Awaited<ReturnType<InboxService['listInShort']>>['items'][number];

type Props = { site: Site; alert: AlertRow; timeZone: string };

/** An alert on a line: what weighs most of it, where, when, and how it stands. */
export function InboxRow({ site, alert, timeZone }: Props) {
  const { id, labels, changes, watchlists, createdAt } = alert;
  const { entity, document, provision } = labels;
  const title = nameOf(provision.title);
  return (
    <li class={`row${alert.acknowledgedAt === null ? ' fresh' : ''}`} data-row>
      <input
        type="checkbox"
        name="id"
        value={id}
        class="pick"
        aria-label={`Tick ${nameOf(entity.name)}: ${title}`}
      />
      <p class="what">
        <a href={`${site.base}/alerts/${id}`} dir="auto" data-open>
          {title}
        </a>
        {changes > 1 && <span class="more"> and {changes - 1} more</span>}
      </p>
      <p class="how">
        <SeverityMove delta={deltaOfRanks(alert.kind, alert.beforeRank, alert.afterRank)} />
      </p>
      <p class="where">
        <Name text={entity.name} />
        <span aria-hidden="true"> · </span>
        <span class="unseen">, </span>
        <Name text={document.title} />
      </p>
      <p class="when">
        <LocalMoment at={createdAt} zone={timeZone} />
      </p>
      <p class="lists">
        <Standing alert={alert} />
        {watchlists.map(({ id: listId, name }) => (
          <span key={listId} class="tag">
            <Name text={name} />
          </span>
        ))}
      </p>
    </li>
  );
}

function Standing({ alert }: { alert: AlertRow }) {
  const { acknowledgedAt, acknowledgedBy, isUndone, hasNote } = alert;
  return (
    <>
      {acknowledgedAt !== null && (
        <span class="state">Acknowledged{acknowledgedBy !== null && ' in a chat'}</span>
      )}
      {acknowledgedAt === null && !isUndone && <span class="state state-new">New</span>}
      {isUndone && <span class="state">Reverted</span>}
      {hasNote && <span class="state">With a note</span>}
    </>
  );
}
