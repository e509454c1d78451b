import { LostDocuments } from '../../src/coverage/lost-documents.service.js';
import type { TestApp } from './app.js';

let made = 0;

type CheckOptions = {
  id?: string;
  source?: string;
  entity?: string;
  document?: string;
  title?: string;
  url?: string;
  time: Date | string;
  data?: Record<string, unknown>;
};

function coverageEvent(type: string, options: CheckOptions) {
  const { entity = 'acme', document = `${entity}-terms`, title = `Terms of ${entity}`, time, url } = options;
  return {
    specversion: '1.0',
    type,
    source: options.source ?? 'https://archive.test',
    id: options.id ?? `check-${++made}`,
    time: typeof time === 'string' ? time : time.toISOString(),
    subject: document,
    data: {
      entity: { id: entity, name: `${entity[0]?.toUpperCase()}${entity.slice(1)}` },
      document: { id: document, title, ...(url !== undefined && { url }) },
      ...options.data,
    },
  };
}

/** The archive looked at a document and found it unchanged. */
export function checkedEvent(options: CheckOptions) {
  return coverageEvent('document.checked.v1', options);
}

/** The archive could not see a document. */
export function unreachableEvent(options: CheckOptions) {
  return coverageEvent('document.unreachable.v1', options);
}

/** The tick that looks for lost documents, at the time that the app's clock shows. */
export async function lookForLost(app: TestApp): Promise<void> {
  await app.app.get(LostDocuments).look();
}

const hourS = 3_600;
const dayS = 24 * hourS;

/** Moves the clock by days. */
export function passDays(app: TestApp, days: number): void {
  app.clock.advance(days * dayS);
}
