import type { Fault } from '../../../platform/http/problem.js';
import { textOf, type Fields } from '../../form/fields.js';
import { TextField } from '../../form/field.js';
import type { SlackWay } from '../slack-choices.service.js';
import { plainFault, type DestinationForm, type FieldsProps } from './destination-form.js';
import { SlackChannelFields } from './slack-channels.js';

export const slackForm: DestinationForm = {
  kind: 'slack',
  name: 'Slack',
  about: 'Messages in a channel, with buttons to acknowledge, mute and snooze.',
  offersChannels: true,
  labels: {
    channel: 'Channel',
    channelId: 'Channel id',
    token: 'Bot token',
    webhookUrl: 'Webhook address',
    workspace: 'Workspace',
  },
  settingsOf,
  fieldsOf,
  faultOf,
  Fields: (props) => {
    const way = props.slack?.way ?? 'token';
    return (
      <>
        <input type="hidden" name="way" value={way} />
        {way === 'workspace' && <SlackChannelFields {...props} />}
        {way === 'token' && <TokenFields {...props} />}
        {way === 'webhook' && <WebhookFields {...props} />}
      </>
    );
  },
};

function settingsOf(fields: Fields): Record<string, unknown> | null {
  const given = (name: string) => textOf(fields, name).trim();
  switch (given('way')) {
    case 'workspace':
      return { workspace: given('workspace'), channel: given('channelId') || given('channel') };
    case 'webhook':
      return given('webhookUrl') === '' ? null : { webhookUrl: given('webhookUrl') };
    default:
      // Of a destination that is changed the token may stay, but then so does the channel: both are kept sealed as one.
      return given('token') === '' && textOf(fields, 'isNew') !== '1'
        ? null
        : { token: given('token'), channel: given('channel') };
  }
}

/** What the settings are as a whole is one of three things, which the schema can only say all of. */
const whole: Readonly<Record<string, Fault>> = {
  workspace: { path: 'channel', message: 'choose one, or give its id such as “C024BE91L”' },
  token: {
    path: 'token',
    message: 'give a bot token such as “xoxb-…”, and a channel’s id or name such as “#policy”',
  },
  webhook: { path: 'webhookUrl', message: 'must begin with https://hooks.slack.com/services/' },
};

function faultOf(fault: Fault, fields: Fields): Fault {
  const way = textOf(fields, 'way');
  const isOfChannel = way === 'workspace' && fault.path === 'settings.channel';
  // What was typed is wrong where it was typed; where nothing was, there is a list to choose from.
  if (isOfChannel && textOf(fields, 'channelId').trim() !== '') return { ...fault, path: 'channelId' };
  const meant = fault.path === 'settings' || isOfChannel ? whole[way] : undefined;
  return meant ?? plainFault(fault);
}

function fieldsOf({ workspace, channel }: Readonly<Record<string, unknown>>): Fields {
  const way: SlackWay = workspace !== undefined ? 'workspace' : channel !== undefined ? 'token' : 'webhook';
  return { way, workspace, channel };
}

function TokenFields({ typed, faults, isNew }: FieldsProps) {
  return (
    <>
      {isNew && <input type="hidden" name="isNew" value="1" />}
      <TextField
        name="token"
        label={isNew ? 'Bot token' : 'New bot token'}
        hint={
          isNew
            ? 'Of an app of your own with the scope chat:write. It is kept encrypted and not shown again.'
            : 'Needed to change the channel too. Leave it empty to keep both as they are.'
        }
        value={textOf(typed, 'token')}
        placeholder="xoxb-"
        autocomplete="off"
        spellcheck={false}
        maxLength={500}
        required={isNew}
        faults={faults}
      />
      <TextField
        name="channel"
        label="Channel"
        hint="Its id, which stays the same when it is renamed, or its name. Invite the app there first."
        value={textOf(typed, 'channel')}
        placeholder="#policy"
        autocomplete="off"
        maxLength={81}
        required
        faults={faults}
      />
    </>
  );
}

function WebhookFields({ typed, faults, isNew }: FieldsProps) {
  return (
    <TextField
      name="webhookUrl"
      label={isNew ? 'Webhook address' : 'New webhook address'}
      hint={
        isNew
          ? 'An incoming webhook of your own Slack app. It posts in one channel; its messages have no buttons.'
          : 'Leave it empty to keep the present one.'
      }
      value={textOf(typed, 'webhookUrl')}
      placeholder="https://hooks.slack.com/services/"
      autocomplete="off"
      spellcheck={false}
      maxLength={500}
      required={isNew}
      faults={faults}
    />
  );
}
