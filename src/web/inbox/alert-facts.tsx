import type { ChatUser } from '../../domain/alert-content.js';
import type { Site } from '../frame/site.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Moment, Name, nameOf, Prose } from '../parts/words.js';

/** When an alert came about, for whose watchlists, and what its owner made of it. */
export type AlertFacts = {
  watchlists: readonly { id: string; name: string }[];
  createdAt: Date;
  acknowledgedAt: Date | null;
  /** Null when it was not in a chat. */
  acknowledgedBy: ChatUser | null;
  /** The chat's name for where that was; null when it is gone. */
  workspace: string | null;
  /** `at` in RFC 3339. */
  note: { text: string; at: string } | null;
};

type Props = {
  site: Site;
  facts: AlertFacts;
  /** Of its owner; null for others who have the link. */
  timeZone: string | null;
};

export function AlertDetails({ site, facts, timeZone }: Props) {
  const { watchlists, createdAt, acknowledgedAt, acknowledgedBy, workspace } = facts;
  return (
    <dl class="facts brief">
      {watchlists.length > 0 && <dt>{watchlists.length === 1 ? 'Watchlist' : 'Watchlists'}</dt>}
      {watchlists.map(({ id, name }) => (
        <dd key={id}>
          {timeZone === null ? (
            <Name text={name} />
          ) : (
            <a href={`${site.base}/watchlists/${id}`}>
              <Name text={name} />
            </a>
          )}
        </dd>
      ))}
      <dt>Alerted</dt>
      <dd>
        <At at={createdAt} timeZone={timeZone} />
      </dd>
      <dt>Acknowledged</dt>
      <dd>
        {acknowledgedAt === null ? 'not yet' : <At at={acknowledgedAt} timeZone={timeZone} />}
        {acknowledgedAt !== null && acknowledgedBy !== null && (
          <>
            , in a chat by <bdi>{nameOf(acknowledgedBy.user)}</bdi>
            {workspace !== null && (
              <>
                {' '}
                of <Name text={workspace} />
              </>
            )}
          </>
        )}
      </dd>
    </dl>
  );
}

/** What its owner wants others to know: for whoever has the link. */
export function AlertNote({ note, timeZone }: { note: AlertFacts['note']; timeZone: string | null }) {
  if (note === null) return null;
  return (
    <section class="memo" aria-label="Note for colleagues">
      <Prose text={note.text} />
      <p class="aside">
        Noted on <At at={new Date(note.at)} timeZone={timeZone} />
      </p>
    </section>
  );
}

function At({ at, timeZone }: { at: Date; timeZone: string | null }) {
  return timeZone === null ? <Moment at={at.toISOString()} /> : <LocalMoment at={at} zone={timeZone} named />;
}
