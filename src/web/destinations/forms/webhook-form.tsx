import { eventTypes, type EventType } from '../../../channels/webhook/event-type.js';
import { textOf, textsOf } from '../../form/fields.js';
import { Choices, TextField } from '../../form/field.js';
import { plainFault, type DestinationForm } from './destination-form.js';

const typeWords: Readonly<Record<EventType, string>> = {
  'alert.created': 'alerts',
  'alert.reverted': 'what was alerted went back',
  'alert.retracted': 'the archive took an alert’s change back',
  'alert.corrected': 'the archive corrected it',
  'alert.reminder': 'a rise is about to take effect',
  'digest.created': 'digests',
  'coverage.lost': 'a document is not seen any more',
  'coverage.back': 'it is seen again',
};

export const webhookForm: DestinationForm = {
  kind: 'webhook',
  name: 'Webhook',
  about: 'Signed JSON to an address of yours, for programs: tickets, chats of other makes, databases.',
  labels: { url: 'Address', types: 'What is sent' },
  settingsOf: (fields) => ({
    url: textOf(fields, 'url').trim(),
    ...(textOf(fields, 'which') === 'chosen' && { types: textsOf(fields, 'types') }),
  }),
  fieldsOf: ({ url, types }) => ({ url, which: Array.isArray(types) ? 'chosen' : 'all', types }),
  faultOf: plainFault,
  Fields: ({ typed, faults, site }) => (
    <>
      <TextField
        type="url"
        name="url"
        label="Address"
        hint="http or https, reachable from the public internet. It should answer 2xx within 15 seconds."
        value={textOf(typed, 'url')}
        placeholder="https://"
        autocomplete="off"
        spellcheck={false}
        maxLength={2_000}
        required
        faults={faults}
      />
      <Choices
        type="radio"
        name="which"
        legend="What is sent"
        choices={[
          { value: 'all', words: 'Everything, and what later versions bring' },
          { value: 'chosen', words: 'Only what is ticked here' },
        ]}
        chosen={[textOf(typed, 'which') || 'all']}
      />
      <Choices
        type="checkbox"
        name="types"
        legend="Types of messages"
        choices={eventTypes.map((value) => ({ value, words: value, hint: typeWords[value] }))}
        chosen={textsOf(typed, 'types')}
        faults={faults}
      />
      <p class="aside">
        What each holds is in the <a href={`${site.base}/docs`}>description of the API</a>.
      </p>
    </>
  ),
};
