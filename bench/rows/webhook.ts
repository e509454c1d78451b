import { count, perSecond } from '../format.js';
import type { Line, Row } from '../row.js';
import { dispatch } from '../stage/dispatch.js';
import type { Stage } from '../stage/stage.js';
import { webhookProfile, type WebhookProfile } from '../stage/webhook-profile.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

/** Webhooks from one worker, to 64 endpoints. */
export const webhook: Row = {
  name: 'webhook',
  about: 'webhooks sent by one worker process, against a bare loop of undici requests',
  run: async (stage) => [await lineOf(stage, 1, 0.85)],
};

/** The same from two workers on one ledger. */
export const webhookTwo: Row = {
  name: 'webhook-two',
  about: 'webhooks sent by two worker processes, against two bare loops',
  run: async (stage) => [await lineOf(stage, 2, 0.8)],
};

async function lineOf(stage: Stage, workers: number, goal: number): Promise<Line> {
  const followers = stage.scale.webhookDeliveries;
  const profile = await webhookProfile(stage);
  const measured = await runs(stage, async (run) => {
    const bareMs = await bareLoops(stage, profile, followers, workers);
    await stage.sinks.webhooks.reset({});
    const ours = await dispatch(stage, { kind: 'webhook', followers, workers }, async () =>
      stage.sinks.webhooks.tally(),
    );
    const speeds = `${perSecond(followers, ours.ms)}, bare ${perSecond(followers, bareMs)}`;
    stage.say(`webhooks of ${workers} worker(s), run ${run}: ${speeds}`);
    return { ...ours, bareMs };
  });
  const ratios = measured.map(({ ms, bareMs }) => bareMs / ms);
  const processes = workers === 1 ? 'one worker' : 'two workers';
  return {
    row: `webhooks, ${processes}, ${count(followers)} to ${stage.endpoints.length} endpoints`,
    measured: perSecond(followers, median(measured.map(({ ms }) => ms))),
    bare: perSecond(followers, median(measured.map(({ bareMs }) => bareMs))),
    ratios,
    goal: `≥ ${goal.toFixed(2)}`,
    met: median(ratios) >= goal,
    runs: measured,
  };
}

/** As many processes as there are workers share the requests. @returns milliseconds until the last has ended */
async function bareLoops(
  stage: Stage,
  { slots, samples }: WebhookProfile,
  requests: number,
  processes: number,
): Promise<number> {
  await stage.sinks.webhooks.reset({});
  const load = { endpoints: stage.endpoints, samples, slots, requests: requests / processes };
  const loops = await Promise.all(
    Array.from({ length: processes }, async () => stage.remote('webhook-loop', load)),
  );
  const times = await Promise.all(loops.map(async (loop) => loop.run()));
  await Promise.all(loops.map(async (loop) => loop.end()));
  return Math.max(...times.map(({ to }) => to)) - Math.min(...times.map(({ from }) => from));
}
