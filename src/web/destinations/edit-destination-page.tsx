import type { Destination } from '../../destinations/destination.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import type { Fields } from '../form/fields.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { titleOf } from '../parts/destination-name.js';
import { Name } from '../parts/words.js';
import type { DestinationForm } from './forms/destination-form.js';
import { LabelField } from './new-destination-page.js';
import type { SlackChoices } from './slack-choices.service.js';
import { ChannelSearch } from './slack-ways.js';

type Edited = {
  destination: Destination;
  form: DestinationForm | undefined;
  typed: Fields;
  slack: SlackChoices | null;
  faults?: Faults | undefined;
};

/** What can be changed about a destination: all but its kind. */
export function editDestinationPage(visit: Visit, edited: Edited): string {
  const { destination, form, typed, slack, faults } = edited;
  const path = `/destinations/${destination.id}`;
  return pageOf(
    <Layout visit={visit} area="destinations" title="Edit a destination">
      <p class="kicker">
        <a href={`${visit.site.base}/destinations`}>Destinations</a> ·{' '}
        <a href={visit.site.base + path}>
          <Name text={titleOf(destination)} />
        </a>
      </p>
      <h1>Edit</h1>
      <FaultSummary faults={faults} labels={{ ...form?.labels, label: 'Name' }} />
      {slack !== null && slack.way === 'workspace' && slack.workspace !== null && (
        <ChannelSearch base={visit.site.base} slack={slack} action={`${path}/edit`} />
      )}
      <Form visit={visit} action={path}>
        {form !== undefined && (
          <form.Fields site={visit.site} typed={typed} faults={faults} isNew={false} slack={slack} />
        )}
        <LabelField typed={typed} faults={faults} />
        <div class="ways">
          <button type="submit">Save</button>
          <a class="button quiet" href={visit.site.base + path}>
            Leave it as it is
          </a>
        </div>
      </Form>
    </Layout>,
  );
}
