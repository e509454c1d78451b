import { printable, webhookContent } from './webhook-content.js';
import type { TakenWebhook } from './webhook-desk.js';

const margin = ' '.repeat(10);

/**
 * A webhook for people to read: what came, whether it verifies, and, of an alert, how each severity moved. Strangers may have
 * written it: no control character of it reaches the terminal.
 */
export function webhookLines(taken: TakenWebhook): string {
  const { receivedAt, type, id } = taken;
  const head = [
    receivedAt.slice(11, 19),
    printable(type ?? 'no type'),
    printable(id ?? 'no id'),
    standing(taken),
  ].join('  ');
  return [head, ...webhookContent(taken.type, taken.message).map((content) => margin + content), ''].join(
    '\n',
  );
}

function standing({ verified, reason, time }: TakenWebhook): string {
  const repeat = time > 1 ? `, a repeat (time ${time})` : '';
  if (verified === null) return `not checked: no secret was given${repeat}`;
  return verified ? `verified${repeat}` : `NOT VERIFIED: ${reason}`;
}
