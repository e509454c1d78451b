import { webhookPayloads } from '../channels/webhook/payload.js';
import { oneLine } from '../domain/plain-text.js';
import { shown } from '../domain/shown-text.js';
import type { TakenWebhook } from './webhook-desk.js';

const mostChanges = 20;
const margin = ' '.repeat(10);
const arrows = { rise: '▲', fall: '▼', same: '=' } as const;
const widestMove = 'not in force → medium'.length;

/**
 * A webhook for people to read: what came, whether it verifies, and, of an alert, how each severity moved. Strangers may have
 * written it: no control character of it reaches the terminal.
 */
export function webhookLines(taken: TakenWebhook): string {
  const { receivedAt, type, id } = taken;
  const head = [receivedAt.slice(11, 19), line(type ?? 'no type'), line(id ?? 'no id'), standing(taken)].join(
    '  ',
  );
  return [head, ...contentOf(taken).map((content) => margin + content), ''].join('\n');
}

function standing({ verified, reason, time }: TakenWebhook): string {
  const repeat = time > 1 ? `, a repeat (time ${time})` : '';
  if (verified === null) return `not checked: no secret was given${repeat}`;
  return verified ? `verified${repeat}` : `NOT VERIFIED: ${reason}`;
}

function contentOf({ type, message }: TakenWebhook): string[] {
  if (type === 'endpoint.test') return ['a test: nothing changed'];
  if (type !== 'alert.created') return [];
  const alert = webhookPayloads[type].safeParse(message);
  if (!alert.success) {
    const [issue] = alert.error.issues;
    return [`not as its schema has it: ${line(issue?.path.join('.') ?? '')}: ${issue?.message}`];
  }
  const { entity, document, changes } = alert.data.data;
  const more = changes.length - mostChanges;
  return [
    line(`${entity.name}: ${document.title}`),
    ...changes.slice(0, mostChanges).map(({ provision, delta: { before, after, direction } }) => {
      const move = `${before ?? 'not in force'} → ${after ?? 'not in force'}`.padEnd(widestMove);
      return `${arrows[direction]} ${move}  ${line(`${provision.title} (${provision.id})`)}`;
    }),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function line(text: string): string {
  return shown(oneLine(text));
}
