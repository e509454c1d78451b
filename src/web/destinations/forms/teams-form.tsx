import { textOf } from '../../form/fields.js';
import { TextField } from '../../form/field.js';
import { plainFault, type DestinationForm } from './destination-form.js';

export const teamsForm: DestinationForm = {
  kind: 'teams',
  name: 'Microsoft Teams',
  about: 'Cards in a channel or chat, through a workflow that you add there.',
  labels: { webhookUrl: 'Webhook address' },
  settingsOf: (fields) => secretGiven(textOf(fields, 'webhookUrl')),
  // The address is a secret: whoever knows it can post there. It is never shown again.
  fieldsOf: () => ({}),
  faultOf: plainFault,
  Fields: ({ typed, faults, isNew }) => (
    <>
      {isNew && (
        <ol class="howto">
          <li>
            In Teams, open the menu of the channel or chat and choose <strong>Workflows</strong>.
          </li>
          <li>
            Take <strong>Send webhook alerts to a channel</strong> (or to a chat) and save it.
          </li>
          <li>Copy the address that it shows, and paste it here.</li>
        </ol>
      )}
      <TextField
        name="webhookUrl"
        label={isNew ? 'Webhook address' : 'New webhook address'}
        hint={
          isNew
            ? 'Whoever knows it can post there, so it is kept encrypted and not shown again.'
            : 'Leave it empty to keep the present one.'
        }
        value={textOf(typed, 'webhookUrl')}
        autocomplete="off"
        spellcheck={false}
        maxLength={2_000}
        required={isNew}
        faults={faults}
      />
    </>
  ),
};

/** A secret that is left empty stays as it is. */
function secretGiven(webhookUrl: string): { webhookUrl: string } | null {
  return webhookUrl.trim() === '' ? null : { webhookUrl: webhookUrl.trim() };
}
