import { z } from 'zod';
import { webhookPayloads } from '../channels/webhook/payload.js';
import { oneLine } from '../domain/plain-text.js';
import { shown } from '../domain/shown-text.js';
import { plural } from '../domain/wording.js';

type Payload = (typeof webhookPayloads)[keyof typeof webhookPayloads];
const AnyPayload = z.discriminatedUnion('type', Object.values(webhookPayloads) as [Payload, ...Payload[]]);
type Message = z.infer<typeof AnyPayload>;
type Of<Type extends Message['type']> = Extract<Message, { type: Type }>['data'];
type Change = Pick<Of<'alert.created'>['changes'][number], 'provision' | 'delta'>;

const mostChanges = 20;
const arrows = { rise: '▲', fall: '▼', same: '=' } as const;
const widestMove = 'not in force → medium'.length;

/** What a webhook tells, a line each; none for a type that we do not send. */
export function webhookContent(type: string | null, message: unknown): string[] {
  if (type === null || !Object.hasOwn(webhookPayloads, type)) return [];
  const parsed = AnyPayload.safeParse(message);
  if (parsed.success) return linesOf(parsed.data);
  const [issue] = parsed.error.issues;
  return [`not as its schema has it: ${printable(issue?.path.join('.') ?? '')}: ${issue?.message}`];
}

/** Fit for a terminal, whoever wrote it. */
export function printable(text: string): string {
  return shown(oneLine(text));
}

function linesOf({ type, data }: Message): string[] {
  switch (type) {
    case 'endpoint.test':
      return ['a test: nothing changed'];
    case 'alert.created':
      return alertLines(data);
    case 'alert.reverted':
      return [
        `went back at ${data.reverted.at}, by ${plural(data.reverted.by.length, 'change', 'changes')}:`,
        ...alertLines(data),
      ];
    case 'alert.retracted':
      return [
        `was wrong: taken back at ${data.retracted.at}${because(data.retracted)}:`,
        ...alertLines(data),
      ];
    case 'alert.corrected':
      return [`corrected at ${data.corrected.at}${because(data.corrected)}:`, ...alertLines(data)];
    case 'alert.reminder':
      return [`takes effect on ${data.reminder.effectiveAt ?? 'a day not told'}:`, ...alertLines(data)];
    case 'digest.created':
      return digestLines(data);
    case 'coverage.lost':
      return [printable(nameOf(data)), printable(`out of sight since ${data.since}: ${data.cause}`)];
    case 'coverage.back':
      return [printable(nameOf(data)), printable(`in sight again; it was not since ${data.since}`)];
    default:
      return type satisfies never;
  }
}

function alertLines(data: Pick<Of<'alert.created'>, 'entity' | 'document' | 'changes'>): string[] {
  return [printable(nameOf(data)), ...changeLines(data.changes)];
}

function digestLines({
  window,
  entities,
  total,
  cancelledOut,
  echoes,
  coverage,
}: Of<'digest.created'>): string[] {
  const { occasion, from, until } = window;
  const counted = [
    plural(total, 'change', 'changes'),
    ...(cancelledOut > 0 ? [`${cancelledOut} cancelled out`] : []),
    ...(echoes.length > 0 ? [`${echoes.length} told before and no longer so`] : []),
    ...(coverage === null ? [] : [plural(coverage.documents, 'document followed', 'documents followed')]),
  ];
  return [
    `${occasion}, ${from} to ${until}: ${counted.join(', ')}`,
    ...entities.flatMap((entity) =>
      entity.documents.flatMap((document) => [
        printable(nameOf({ entity, document })),
        ...changeLines(document.changes),
      ]),
    ),
  ];
}

function changeLines(changes: readonly Change[]): string[] {
  const more = changes.length - mostChanges;
  return [
    ...changes.slice(0, mostChanges).map(({ provision, delta: { before, after, direction } }) => {
      const move = `${before ?? 'not in force'} → ${after ?? 'not in force'}`.padEnd(widestMove);
      return `${arrows[direction]} ${move}  ${printable(`${provision.title} (${provision.id})`)}`;
    }),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function nameOf({ entity, document }: { entity: { name: string }; document: { title: string } }): string {
  return `${entity.name}: ${document.title}`;
}

function because({ reason }: { reason: string | null }): string {
  return reason === null ? '' : ` (${printable(reason)})`;
}
