import type { Delivery } from '../../deliveries/delivery-view.js';

const kinds: Readonly<Record<Delivery['kind'], string>> = {
  alert: 'Alert',
  test: 'Test',
  confirm: 'Question to confirm',
  notice: 'Word about a destination',
  summary: 'Summary of many alerts',
  echo: 'What became of an alert',
  digest: 'Digest',
  coverage: 'Coverage',
};

const states: Readonly<Record<Delivery['state'], string>> = {
  due: 'on its way',
  leased: 'being sent',
  delivered: 'delivered',
  dead: 'failed',
  cancelled: 'not sent',
};

export function deliveryKindWords(kind: Delivery['kind']): string {
  return kinds[kind];
}

/** "on its way", or "tries again" once an attempt has failed. */
export function deliveryStateWords({ state, attempts }: Pick<Delivery, 'state' | 'attempts'>): string {
  return state === 'due' && attempts.length > 0 ? 'tries again' : states[state];
}

export function hasEnded({ state }: Pick<Delivery, 'state'>): boolean {
  return state !== 'due' && state !== 'leased';
}
