import { Agent, request } from 'undici';
import { signedHeaders } from '../../src/channels/webhook/standard-webhooks.js';
import { monotonicMs } from '../monotonic.js';
import type { SampleRequest } from '../sinks/webhook-sink.js';
import { firstId, signingSecretOf } from '../stage/followers.js';

export type WebhookLoad = {
  /** Origins of the endpoints. */
  endpoints: readonly string[];
  /** What is sent, over and over: headers and bodies that the service sent before. */
  samples: readonly SampleRequest[];
  requests: number;
  /** Requests at a time. */
  slots: number;
};

/** The bare limit of webhooks: undici, keep-alive, signed at the moment of sending; no ledger, no queue, no rendering. */
export async function webhookLoop(load: WebhookLoad) {
  const agent = new Agent();
  const { endpoints, samples, requests, slots } = load;
  const secrets = Array.from({ length: requests }, (_, index) => [signingSecretOf(firstId + index)]);
  let next = 0;

  async function slot(): Promise<void> {
    for (let index = next++; index < requests; index = next++) {
      const sample = samples[index % samples.length];
      if (sample === undefined) throw new RangeError('there are no samples');
      const id = firstId + index;
      const answer = await request(`${endpoints[id % endpoints.length]}/hooks/${id}`, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          ...sample.headers,
          ...signedHeaders(`msg_${id}`, new Date(), sample.body, secrets[index] ?? []),
        },
        body: sample.body,
      });
      await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`a request was answered ${answer.statusCode}`);
    }
  }

  return {
    /** Sends all. @returns when it began and ended, on the steady clock */
    async run(): Promise<{ from: number; to: number }> {
      const from = monotonicMs();
      await Promise.all(Array.from({ length: slots }, slot));
      return { from, to: monotonicMs() };
    },
  };
}
