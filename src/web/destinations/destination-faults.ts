import { formFaults, type Faults } from '../form/faults.js';
import type { Fields } from '../form/fields.js';
import type { DestinationForm } from './forms/destination-form.js';

/** Why the settings of a destination were refused, by the fields of its form. @throws the error, unless it is the sender's to mend */
export function settingsFaults(error: unknown, form: DestinationForm, fields: Fields): Faults {
  const faults = formFaults(error);
  return { ...faults, fields: faults.fields.map((fault) => form.faultOf(fault, fields)) };
}
