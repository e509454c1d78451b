import { tierThatAllows, tiers, type Tier } from '../../domain/tiers.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { textOf, type Fields } from '../form/fields.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { destinationForms } from './forms/all-forms.js';
import type { DestinationForm } from './forms/destination-form.js';
import { SlackWays } from './slack-ways.js';
import type { SlackChoices } from './slack-choices.service.js';

/** Which kind of place it is to be. */
export function chooseKindPage(visit: Visit, { tier, email }: { tier: Tier; email: string }): string {
  const { base } = visit.site;
  return pageOf(
    <Layout visit={visit} area="destinations" title="Add a destination">
      <p class="kicker">
        <a href={`${base}/destinations`}>Destinations</a>
      </p>
      <h1>Where should alerts go?</h1>
      <TierNote tier={tier} email={email} />
      <ul class="kinds">
        {destinationForms.map(({ kind, name, about }) => (
          <li key={kind}>
            <a href={`${base}/destinations/new?kind=${kind}`}>{name}</a>
            <span>{about}</span>
          </li>
        ))}
      </ul>
    </Layout>,
  );
}

type NewPage = {
  tier: Tier;
  email: string;
  form: DestinationForm;
  typed: Fields;
  slack: SlackChoices | null;
  faults?: Faults | undefined;
};

/** The form for one kind. */
export function newDestinationPage(visit: Visit, page: NewPage): string {
  const { form, typed, slack, faults, tier, email } = page;
  const { base } = visit.site;
  const isReady = slack === null || slack.way !== 'workspace' || slack.workspace !== null;
  return pageOf(
    <Layout visit={visit} area="destinations" title={`Add ${form.name}`}>
      <p class="kicker">
        <a href={`${base}/destinations`}>Destinations</a> ·{' '}
        <a href={`${base}/destinations/new`}>Another kind</a>
      </p>
      <h1>{form.name}</h1>
      <p>{form.about}</p>
      <TierNote tier={tier} email={email} />
      <FaultSummary faults={faults} labels={{ ...form.labels, label: 'Name', kind: 'Kind' }} />
      {slack !== null && <SlackWays visit={visit} slack={slack} />}
      {isReady && (
        <Form visit={visit} action="/destinations">
          <input type="hidden" name="kind" value={form.kind} />
          <form.Fields site={visit.site} typed={typed} faults={faults} isNew slack={slack} />
          <LabelField typed={typed} faults={faults} />
          <button type="submit">Add it</button>
        </Form>
      )}
    </Layout>,
  );
}

export function LabelField({ typed, faults }: { typed: Fields; faults?: Faults | undefined }) {
  return (
    <TextField
      name="label"
      label="Name"
      hint="What you call it, such as “On call”. It may stay empty."
      value={textOf(typed, 'label')}
      maxLength={80}
      autocomplete="off"
      faults={faults}
    />
  );
}

/** What the tier does not hold, said before anything is filled in. */
function TierNote({ tier, email }: { tier: Tier; email: string }) {
  if (tiers[tier].destinations === 'all') return null;
  const lifts = tierThatAllows((terms) => terms.destinations === 'all');
  return (
    <p class="note">
      The {tier} tier sends to your own address alone, <bdi>{email}</bdi>. The {lifts} tier adds other
      addresses, Slack, Teams and webhooks.
    </p>
  );
}
