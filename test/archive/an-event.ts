import type { ProvisionEvent, Side } from '../../src/domain/provision-event.js';

type Data = ProvisionEvent['data'];

let events = 0;

export function side(severity: Side['severity'], text: string, capture?: Side['capture']): Side {
  return { severity, text, ...(capture && { capture }) };
}

/** An event about `harbourline`'s terms, each with an id of its own; says what the test is about, and nothing else. */
export function anEvent(
  given: {
    id?: string;
    time?: string;
    entity?: Data['entity'];
    document?: Data['document'];
    provision?: Partial<Data['provision']>;
  } & Partial<Omit<Data, 'entity' | 'document' | 'provision'>> = {},
): ProvisionEvent {
  const { id, time = '2026-03-24T09:00:00Z', entity, document, provision, ...rest } = given;
  const named = {
    id: 'HL-P-1',
    title: 'Arbitration',
    clauseType: 'arbitration',
    categories: ['disputes'],
    ...provision,
  };
  return {
    specversion: '1.0',
    type: 'provision.changed.v1',
    source: 'https://archive.example',
    id: id ?? `event-${++events}`,
    time,
    subject: named.id,
    data: {
      entity: entity ?? { id: 'harbourline', name: 'Harbourline' },
      document: document ?? { id: 'HL-D-1', title: 'Terms of Service' },
      provision: named,
      after: side('medium', 'Disputes go to court.'),
      ...rest,
    },
  };
}
