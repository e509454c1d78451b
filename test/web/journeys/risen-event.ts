import type { TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';

/** The event that a provision of the archive is rated high from now on, with other words. */
export async function risenEvent(app: TestApp, token: string, id: string) {
  const { body } = await app.call('GET', `/v1/provisions/${encodeURIComponent(id)}`, { token });
  const { entity, document, title, clauseType } = body as {
    entity: object;
    document: { id: string; title: string };
    title: string;
    clauseType: string;
  };
  const time = app.clock.now().toISOString();
  const event = provisionEvent({ time, after: side('high', `From now on you may not leave. ${time}`) });
  return {
    ...event,
    subject: id,
    data: {
      ...event.data,
      entity,
      document: { id: document.id, title: document.title },
      provision: { ...event.data.provision, id, title, clauseType },
    },
  };
}
