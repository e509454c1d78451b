import { setTimeout as delay } from 'node:timers/promises';
import type { SampleRequest } from '../sinks/webhook-sink.js';
import { dueDatabase } from './due.js';
import { received } from './received.js';
import type { Stage } from './stage.js';

/** What a worker sends, and how much of it at a time: what the bare loop does alike. */
export type WebhookProfile = { slots: number; samples: readonly SampleRequest[] };

const followers = 2_000;
const settledMs = 500;
const profiles = new WeakMap<Stage, Promise<WebhookProfile>>();

/** Looks at a worker once: a sink that answers nobody sees as many requests as the worker makes at a time. */
export async function webhookProfile(stage: Stage): Promise<WebhookProfile> {
  const known = profiles.get(stage) ?? lookAt(stage);
  profiles.set(stage, known);
  return known;
}

async function lookAt(stage: Stage): Promise<WebhookProfile> {
  const { webhooks } = stage.sinks;
  const database = await dueDatabase(stage, 'webhook', followers);
  await webhooks.reset({ samples: 1_000 });
  await webhooks.hold();
  const worker = await stage.service(database, 'worker');
  const tally = async () => webhooks.tally();
  await received(tally, 1);
  let slots = 0;
  for (let now = 1; now > slots; now = (await tally()).mostAtOnce) {
    slots = now;
    await delay(settledMs);
  }
  await webhooks.release();
  await received(tally, followers);
  await worker.stop();
  await stage.databases.drop(database);
  const samples = await webhooks.samples();
  stage.say(`a worker makes ${slots} requests at a time, of ${averageBytes(samples)} bytes`);
  return { slots, samples };
}

function averageBytes(samples: readonly SampleRequest[]): number {
  return Math.round(samples.reduce((sum, { body }) => sum + body.length, 0) / samples.length);
}
