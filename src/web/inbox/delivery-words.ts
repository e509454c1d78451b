import type { LoggedDelivery } from '../../deliveries/delivery-log.service.js';

type State = LoggedDelivery['state'];

export const stateWords: Readonly<Record<State, string>> = {
  due: 'Waits',
  leased: 'Under way',
  delivered: 'Delivered',
  dead: 'Given up',
  cancelled: 'Not sent',
};

/** Tells the states apart without colour. */
export const stateMarks: Readonly<Record<State, string>> = {
  due: '○',
  leased: '◐',
  delivered: '●',
  dead: '✕',
  cancelled: '–',
};

export const contentWords: Readonly<Record<LoggedDelivery['kind'], string>> = {
  alert: 'Alert',
  test: 'Test message',
  confirm: 'Request for a confirmation',
  notice: 'Notice of a failing destination',
  summary: 'Summary of many alerts',
  digest: 'Digest',
  echo: 'What became of an alert',
  coverage: 'Notice of a document out of sight',
};

export const outcomeWords: Readonly<Record<LoggedDelivery['attempts'][number]['outcome'], string>> = {
  delivered: 'Arrived',
  retry: 'Failed, to be tried again',
  permanent: 'Failed for good',
};

/** What is kept of why, as a sentence; null when there is nothing to say. */
export function reasonSentence(reason: string | null): string | null {
  if (reason === null || reason.trim() === '') return null;
  const words = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** Whether the owner can have it sent once more: a confirmation is asked for at its destination. */
export function canReplay({ state, kind }: Pick<LoggedDelivery, 'state' | 'kind'>): boolean {
  return kind !== 'confirm' && (state === 'dead' || state === 'cancelled' || state === 'delivered');
}
