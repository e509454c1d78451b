import { textOf } from '../../form/fields.js';
import { faultsOf, type Faults } from '../../form/faults.js';
import { TextField } from '../../form/field.js';
import { Name } from '../../parts/words.js';
import type { SlackChoices } from '../slack-choices.service.js';
import type { FieldsProps } from './destination-form.js';

/** A channel of a workspace: one of those that were found, or its id. */
export function SlackChannelFields({ typed, faults, slack }: FieldsProps) {
  if (slack === null || slack.workspace === null) return <></>;
  return (
    <>
      <input type="hidden" name="workspace" value={slack.workspace.id} />
      <ChannelList slack={slack} chosen={textOf(typed, 'channel')} faults={faults} />
      <TextField
        name="channelId"
        label="Or a channel’s id"
        hint="For a private channel: write /invite @Tocsin in it, and copy its id from the end of its details."
        value={textOf(typed, 'channelId')}
        placeholder="C024BE91L"
        autocomplete="off"
        spellcheck={false}
        maxLength={31}
        faults={faults}
      />
    </>
  );
}

type ListProps = { slack: SlackChoices; chosen: string; faults?: Faults | undefined };

/** The channels that were found. It is put in place anew as one types. */
export function ChannelList({ slack, chosen, faults }: ListProps) {
  const { channels, search, isCut, fault } = slack;
  const wrong = faultsOf(faults, 'channel');
  return (
    <fieldset class="choices" id="channels">
      <legend id="channel">Channel</legend>
      {wrong.length > 0 && <p class="fault">{wrong.join(' ')}</p>}
      {fault !== null && <p class="note">{fault}</p>}
      {fault === null && channels.length === 0 && (
        <p class="aside" role="status">
          {search === '' ? 'There is no public channel.' : `No public channel has “${search}” in its name.`}
        </p>
      )}
      <div class="channel-list">
        {channels.map(({ id, name, memberCount }) => (
          <label key={id} class="choice">
            <input type="radio" name="channel" value={id} checked={id === chosen} />
            <span>
              # <Name text={name} />
              {memberCount !== null && (
                <span class="hint">
                  {memberCount} {memberCount === 1 ? 'member' : 'members'}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      {isCut && <p class="aside">There are more: search for part of the name.</p>}
    </fieldset>
  );
}
