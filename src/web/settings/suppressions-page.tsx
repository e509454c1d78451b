import type { Page } from '../../platform/http/page.js';
import type { Suppression } from '../../suppressions/suppression.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { queryOf } from '../form/query.js';
import type { Visit } from '../frame/visit.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import { settingsPage } from './settings-frame.js';

const words: Readonly<Record<Suppression['reason'], { title: string; why: string }>> = {
  bounce: { title: 'Mail came back', why: 'There is no such mailbox, its server says.' },
  complaint: {
    title: 'Reported as spam',
    why: 'Its reader reported our mail. Only whoever runs this Tocsin can lift that.',
  },
  unsubscribe: { title: 'Unsubscribed', why: 'Its reader used the link in a mail to stop all of it.' },
};

const sentences = {
  lifted: 'Lifted. Your own address is at work again at once; any other is asked first.',
};

type Shown = {
  page: Page<Suppression>;
  /** Those that lead nowhere: their last destination was unsubscribed or deleted. */
  silent: readonly { id: string; name: string }[];
  zone: string;
  said?: unknown;
  faults?: Faults;
};

/** Which addresses get no mail, and which watchlists lead nowhere. */
export function suppressionsPage(visit: Visit, { page, silent, zone, said, faults }: Shown): string {
  const { base } = visit.site;
  return settingsPage(visit, '/settings/suppressions', {
    title: 'Addresses that get no mail',
    children: (
      <>
        <Said code={said} sentences={sentences} />
        <FaultSummary faults={faults} labels={{}} />
        {page.items.length === 0 && <p>Every address of yours gets its mail.</p>}
        {page.items.length > 0 && (
          <ul class="places">
            {page.items.map(({ id, destinationId, address, reason, at, liftable, detail }) => (
              <li key={id} class="place-row">
                <div class="place-main">
                  <a class="place-name" href={`${base}/destinations/${destinationId}`}>
                    <Name text={address} />
                  </a>
                  <span class="aside">
                    {words[reason].title}
                    {at !== null && (
                      <>
                        , <LocalMoment at={at} zone={zone} />
                      </>
                    )}
                  </span>
                </div>
                {liftable && (
                  <Form visit={visit} action={`/settings/suppressions/${id}/lift`}>
                    <button type="submit" class="quiet small" aria-label={`Send mail to ${address} again`}>
                      Send mail again
                    </button>
                  </Form>
                )}
                <p class="place-why">
                  {words[reason].why}
                  {reason === 'bounce' && (
                    <>
                      {' '}
                      <span class="aside">
                        (<Name text={detail} />)
                      </span>
                    </>
                  )}
                  {reason === 'bounce' && !liftable && ' It was lifted less than a day ago: try it tomorrow.'}
                </p>
              </li>
            ))}
          </ul>
        )}
        <Pager
          href={page.nextCursor && `${base}/settings/suppressions${queryOf({ cursor: page.nextCursor })}`}
        />
        {silent.length > 0 && (
          <section>
            <h2>Watchlists that lead nowhere</h2>
            <p>
              Their last destination was unsubscribed or deleted. What they find waits in your{' '}
              <a href={`${base}/inbox`}>inbox</a> alone.
            </p>
            <ul class="names">
              {silent.map(({ id, name }) => (
                <li key={id}>
                  <a href={`${base}/watchlists/${id}`}>
                    <Name text={name} />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </>
    ),
  });
}
