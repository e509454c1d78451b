/**
 * What a delivery brings. `notice`: the destination fails, or was disabled. `summary`: in place of a storm of alerts. `digest`:
 * what a window of time changed, or quiet hours held. `echo`: what became of an alert that was told. `coverage`: a document
 * can't be seen any more, or can again.
 */
export const deliveryKinds = [
  'alert',
  'test',
  'confirm',
  'notice',
  'summary',
  'digest',
  'echo',
  'coverage',
] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];
