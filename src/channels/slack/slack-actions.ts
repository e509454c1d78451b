/** What the buttons of a message are called in what Slack sends on a click. */
export const actionIds = { open: 'open', acknowledge: 'acknowledge', mute: 'mute' } as const;

/** What a click asks for. Ids as they came: nothing says yet that there is such a delivery, or whose it is. */
export type SlackAction =
  | { kind: 'acknowledge'; deliveryId: string }
  /** Mutes the provision that a change of the alert is of. */
  | { kind: 'mute'; deliveryId: string; changeId: string };

/** The value that a button carries. Change ids stand for provisions: an option has 150 characters at most. */
export function actionValue(deliveryId: string, changeId?: string): string {
  return changeId === undefined ? deliveryId : `${deliveryId}/${changeId}`;
}

/** Reads a click. @returns null for a button that only opens a page, and for what is none of ours */
export function readAction(actionId: string, value: string): SlackAction | null {
  const [deliveryId = '', changeId = '', ...rest] = value.split('/');
  if (deliveryId === '' || rest.length > 0) return null;
  if (actionId === actionIds.acknowledge && changeId === '') return { kind: 'acknowledge', deliveryId };
  if (actionId === actionIds.mute && changeId !== '') return { kind: 'mute', deliveryId, changeId };
  return null;
}
