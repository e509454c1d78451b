import type { ProvisionEvent } from '../../src/domain/provision-event.js';
import type { TestApp } from '../support/app.js';

/** Posts the events as one batch. @returns the ids of their changes, in the order of the events */
export async function postBatch(app: TestApp, events: readonly ProvisionEvent[]): Promise<string[]> {
  const answer = await app.call('POST', '/v1/events', {
    token: app.operatorToken,
    body: JSON.stringify(events),
    headers: { 'content-type': 'application/cloudevents-batch+json' },
  });
  if (answer.status !== 202) throw new Error(`the batch was refused: ${answer.text}`);
  return (answer.body as { results: { changeId: string }[] }).results.map((result) => result.changeId);
}
