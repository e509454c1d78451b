import type { Severity } from '../../src/domain/severity.js';

type Side = { severity: Severity; text: string; capture?: unknown } | null;
type EventOptions = {
  id?: string;
  source?: string;
  time?: string;
  entity?: string;
  document?: string;
  provision?: string;
  clauseType?: string;
  categories?: string[];
  revision?: { id: string; size?: number };
  before?: Side;
  after?: Side;
  effectiveAt?: string;
  analysis?: unknown;
};

let made = 0;

/** A side in force. */
export function side(severity: Severity, text = `A clause of ${severity} severity.`): NonNullable<Side> {
  return { severity, text };
}

/** One valid event; `before` is absent unless given. */
export function provisionEvent(options: EventOptions = {}) {
  const number = ++made;
  const { entity = 'acme', document = `${entity}-terms`, provision = `${document}-1` } = options;
  return {
    specversion: '1.0',
    type: 'provision.changed.v1',
    source: options.source ?? 'https://archive.test',
    id: options.id ?? `event-${number}`,
    time: options.time ?? new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
    subject: provision,
    data: {
      entity: { id: entity, name: `${entity[0]?.toUpperCase()}${entity.slice(1)}` },
      document: { id: document, title: `Terms of ${entity}` },
      provision: {
        id: provision,
        title: `Provision ${provision}`,
        clauseType: options.clauseType ?? 'liability-limitation',
        categories: options.categories ?? ['liability'],
      },
      ...(options.revision && { revision: options.revision }),
      ...('before' in options && { before: options.before }),
      after: options.after === undefined ? side('medium') : options.after,
      ...(options.effectiveAt && { effectiveAt: options.effectiveAt }),
      ...(options.analysis !== undefined && { analysis: options.analysis }),
    },
  };
}
