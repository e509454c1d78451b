import type { DestinationForm } from './destination-form.js';
import { emailForm } from './email-form.js';
import { slackForm } from './slack-form.js';
import { teamsForm } from './teams-form.js';
import { webhookForm } from './webhook-form.js';

/** A form for each kind of destination, in the order in which they are offered. */
export const destinationForms: readonly DestinationForm[] = [emailForm, slackForm, teamsForm, webhookForm];

export function formOfKind(kind: string): DestinationForm | undefined {
  return destinationForms.find((form) => form.kind === kind);
}
