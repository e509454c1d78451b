import { textOf } from '../../form/fields.js';
import { TextField } from '../../form/field.js';
import { plainFault, type DestinationForm } from './destination-form.js';

export const emailForm: DestinationForm = {
  kind: 'email',
  name: 'Email',
  about: 'A mail for each alert, or digests. Somebody else’s address is asked first whether it wants them.',
  labels: { address: 'Address' },
  settingsOf: (fields) => ({ address: textOf(fields, 'address') }),
  fieldsOf: ({ address }) => ({ address }),
  faultOf: plainFault,
  Fields: ({ typed, faults }) => (
    <TextField
      type="email"
      name="address"
      label="Address"
      hint="If it is not your own, it gets one mail with a link to confirm. Nothing else goes there before."
      value={textOf(typed, 'address')}
      autocomplete="off"
      maxLength={254}
      required
      faults={faults}
    />
  ),
};
