import type { VNode } from 'preact';
import type { Faults } from '../../form/faults.js';
import type { Fields } from '../../form/fields.js';
import type { Fault } from '../../../platform/http/problem.js';
import type { Site } from '../../frame/site.js';
import type { SlackChoices } from '../slack-choices.service.js';

export type FieldsProps = {
  site: Site;
  /** What stands in the fields: as typed, or as it is set up. */
  typed: Fields;
  faults: Faults | undefined;
  /** Whether a destination is being made; else one is changed, and a secret that is left empty stays. */
  isNew: boolean;
  /** Of Slack alone. */
  slack: SlackChoices | null;
};

/** How one kind of destination is set up by hand. */
export type DestinationForm = {
  kind: string;
  /** "Microsoft Teams" */
  name: string;
  /** A sentence that helps to choose it. */
  about: string;
  /** Whether its fields offer workspaces and channels of Slack, which have to be looked up. */
  offersChannels?: true;
  /** What the fields are called where their faults are listed. */
  labels: Readonly<Record<string, string>>;
  /** What settings the fields stand for; null where nothing was given, so that those of before stay. */
  settingsOf(fields: Fields): Record<string, unknown> | null;
  /** What stands in the fields of a destination that is set up already. */
  fieldsOf(settings: Readonly<Record<string, unknown>>): Fields;
  /** A fault of the settings as one of a field: `settings.url` is wrong in `url`. */
  faultOf(fault: Fault, fields: Fields): Fault;
  Fields: (props: FieldsProps) => VNode;
};

/** For kinds whose fields are named as their settings are. */
export function plainFault({ path, message }: Fault): Fault {
  return { path: path.replace(/^settings\./, '').replace(/\[\d+\]$/, ''), message };
}
