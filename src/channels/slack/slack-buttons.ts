import type { ActionsBlock, Button, ConfirmationDialog, PlainTextElement, StaticSelect } from '@slack/types';
import { actionIds, actionValue } from './slack-actions.js';
import { shownLine } from './slack-text.js';

/** Slack shows up to 75 characters of an option; a list of short ones is read faster. */
const longestOption = 60;

/** A provision that can be muted, by a change of it. */
export type MutableProvision = { changeId: string; title: string };

export type Buttons = {
  deliveryId: string;
  /** Where the alert can be read; null for an address that Slack would not take. */
  url: string | null;
  canAcknowledge: boolean;
  provisions: readonly MutableProvision[];
};

/**
 * What can be done with an alert, as one row. Also a click on a button that opens a page calls us back, so a message has any of
 * them only where there is somebody to call.
 *
 * @returns nothing when there is nothing to do
 */
export function buttonBlocks({ deliveryId, url, canAcknowledge, provisions }: Buttons): ActionsBlock[] {
  const elements = [
    ...(url === null ? [] : [{ ...button(actionIds.open, 'Open'), url }]),
    ...(canAcknowledge
      ? [
          {
            ...button(actionIds.acknowledge, 'Acknowledge'),
            value: actionValue(deliveryId),
            style: 'primary' as const,
          },
        ]
      : []),
    ...muteElements(deliveryId, provisions),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function muteElements(
  deliveryId: string,
  provisions: readonly MutableProvision[],
): (Button | StaticSelect)[] {
  const [first, ...others] = provisions;
  if (first === undefined) return [];
  if (others.length === 0) {
    const value = actionValue(deliveryId, first.changeId);
    return [{ ...button(actionIds.mute, 'Mute this provision'), value, confirm: confirmed(first) }];
  }
  return [
    {
      type: 'static_select',
      action_id: actionIds.mute,
      placeholder: plain('Mute a provision'),
      options: provisions.map(({ changeId, title }) => ({
        text: plain(shownLine(title, longestOption) || 'without a title'),
        value: actionValue(deliveryId, changeId),
      })),
      confirm: confirmed(null),
    },
  ];
}

/** @param provision that the button is for; null for the one that was chosen of a list, where it still shows */
function confirmed(provision: MutableProvision | null): ConfirmationDialog {
  const title = provision === null ? '' : shownLine(provision.title, longestOption);
  const account = title === '' ? 'The' : `“${title}”: the`;
  return {
    title: plain('Mute this provision?'),
    text: plain(
      `${account} Tocsin account that posts here gets no more alerts about it: not here, and not by mail or anywhere else. Other accounts still do. It can be unmuted with the API.`,
    ),
    confirm: plain('Mute'),
    deny: plain('Cancel'),
  };
}

function button(actionId: string, label: string): Button {
  return { type: 'button', action_id: actionId, text: plain(label) };
}

function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}
