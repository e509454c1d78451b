import type { Delivery } from '../../deliveries/delivery-view.js';
import { sentence } from '../../domain/sentence.js';

type State = Delivery['state'];

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

/** What a delivery brings, in a word or a few. */
export const contentWords: Readonly<Record<Delivery['kind'], string>> = {
  alert: 'Alert',
  test: 'Test message',
  confirm: 'Request for a confirmation',
  notice: 'Notice of a failing destination',
  summary: 'Summary of many alerts',
  digest: 'Digest',
  echo: 'What became of an alert',
  coverage: 'Notice of a document out of sight',
};

export const outcomeWords: Readonly<Record<Delivery['attempts'][number]['outcome'], string>> = {
  delivered: 'Arrived',
  retry: 'Failed, to be tried again',
  permanent: 'Failed for good',
};

/** What is kept of why, as a sentence; null when there is nothing to say. */
export function reasonSentence(reason: string | null): string | null {
  return reason === null || reason.trim() === '' ? null : sentence(reason);
}

/** Whether nothing more is tried by itself. */
export function hasEnded({ state }: Pick<Delivery, 'state'>): boolean {
  return state !== 'due' && state !== 'leased';
}

/** Whether the owner can have it sent once more: a confirmation is asked for at its destination. */
export function canReplay({ state, kind }: Pick<Delivery, 'state' | 'kind'>): boolean {
  return kind !== 'confirm' && hasEnded({ state });
}
