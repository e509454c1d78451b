import { laneName } from '../../domain/operating-words.js';
import type { Why } from '../../silence/why-view.js';
import { TextField } from '../form/field.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { SeverityMove } from '../parts/severity.js';
import { Name } from '../parts/words.js';
import { OperatorPage } from './operator-page.js';

type WhyPage = {
  account?: string;
  change?: string;
  answer: { email: string; why: Why } | null;
  fault: string | null;
};

/** Why an account was told of a change, or was not. */
export function whyPage(visit: Visit, { account, change, answer, fault }: WhyPage): string {
  const { base } = visit.site;
  return pageOf(
    <OperatorPage
      visit={visit}
      title="Why, or why not"
      way="/operator/why"
      lead="What an account was told of a change, and what held it back: for whoever is asked by its owner."
    >
      {fault !== null && (
        <div class="faults" role="alert" tabIndex={-1} autofocus>
          <p>{fault}</p>
        </div>
      )}
      <form method="get" action={`${base}/operator/why`} class="filters">
        <TextField
          name="account"
          label="Account’s id or address"
          value={account ?? ''}
          maxLength={254}
          required
        />
        <TextField name="change" label="Change’s id" value={change ?? ''} maxLength={19} required />
        <button type="submit" class="quiet">
          Ask
        </button>
      </form>
      {answer && <Answer visit={visit} email={answer.email} why={answer.why} />}
    </OperatorPage>,
  );
}

function Answer({ visit, email, why }: { visit: Visit; email: string; why: Why }) {
  const { change, watchlists, deliveries } = why;
  return (
    <section>
      <h2>
        <a href={`${visit.site.base}/changes/${change.id}`}>
          <Name text={`${change.entity.name}: ${change.provision.title}`} />
        </a>
      </h2>
      <p>
        <SeverityMove delta={change.delta} />
      </p>
      <p class="note">
        <strong>
          <bdi>{email}</bdi>:
        </strong>{' '}
        {why.explanation}
      </p>
      {watchlists.length > 0 && <h3>Watchlists</h3>}
      <ul class="desk-list">
        {watchlists.map(({ id, name, explanation }) => (
          <li key={id}>
            <p class="desk-head">
              <strong>
                <Name text={name} />
              </strong>
            </p>
            <p>
              <Name text={explanation} />
            </p>
          </li>
        ))}
      </ul>
      {deliveries.length > 0 && <h3>Deliveries</h3>}
      <ul class="desk-list">
        {deliveries.map(({ id, destination, explanation }) => (
          <li key={id}>
            <p class="desk-head">
              <strong>
                {laneName(destination.kind)} {destination.label !== null && <Name text={destination.label} />}
              </strong>
              <span class={`tag tag-${destination.status}`}>{destination.status}</span>
            </p>
            <p>
              <Name text={explanation} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
