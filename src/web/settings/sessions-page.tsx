import { Form } from '../form/form.js';
import { noSession } from '../frame/readers.js';
import type { Visit } from '../frame/visit.js';
import { Ago, LocalMoment } from '../parts/local-moment.js';
import { Said } from '../parts/said.js';
import { deviceWords } from './device-words.js';
import { settingsPage } from './settings-frame.js';

const sentences = {
  ended: 'That browser is signed out.',
  others: 'All other browsers are signed out.',
};

type Listed = { id: string; device: string; createdAt: Date; seenAt: Date };
type Shown = { sessions: readonly Listed[]; own: string; zone: string; now: string; said: unknown };

/** The browsers that are signed in. */
export function sessionsPage(visit: Visit, { sessions, own, zone, now, said }: Shown): string {
  return settingsPage(visit, '/settings/sessions', {
    title: 'Where you are signed in',
    children: (
      <>
        <Said code={said} sentences={sentences} />
        <p>A browser that was not used for 30 days is signed out by itself.</p>
        <ul class="places">
          {sessions.map(({ id, device, createdAt, seenAt }) => (
            <li key={id} class="place-row">
              <div class="place-main">
                <strong class="place-name">{deviceWords(device)}</strong>
                <span class="aside">
                  {id === own ? (
                    'this browser'
                  ) : (
                    <>
                      used <Ago at={seenAt} now={now} zone={zone} />
                    </>
                  )}
                  , signed in <LocalMoment at={createdAt} zone={zone} />
                </span>
              </div>
              {id !== own && (
                <Form visit={visit} action={`/settings/sessions/${id}/end`}>
                  <button type="submit" class="quiet small" aria-label={`Sign out ${deviceWords(device)}`}>
                    Sign out
                  </button>
                </Form>
              )}
            </li>
          ))}
        </ul>
        {own === noSession && (
          <p class="aside">
            In this browser the <bdi>{visit.site.archiveName}</bdi> signed you in: sign out there.
          </p>
        )}
        {sessions.length > (own === noSession ? 0 : 1) && (
          <Form visit={visit} action="/settings/sessions/end-others">
            <button type="submit" class="quiet">
              Sign out everywhere else
            </button>
          </Form>
        )}
      </>
    ),
  });
}
