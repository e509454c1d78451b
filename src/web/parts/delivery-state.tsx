import type { Delivery } from '../../deliveries/delivery-view.js';
import { stateMarks, stateWords } from './delivery-words.js';

/** How a delivery stands, as a mark and a word. */
export function DeliveryState({ state }: Pick<Delivery, 'state'>) {
  return (
    <span class={`fate fate-${state}`}>
      <span aria-hidden="true">{stateMarks[state]}</span> {stateWords[state]}
    </span>
  );
}
