import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgeMove, noPast } from '../../src/domain/standing-changes.js';
import { startApp, type TestApp } from '../support/app.js';
import { EchoStage, sendEchoesPlain } from '../support/echo-stage.js';
import { provisionEvent, side } from '../support/events.js';
import { watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const walks = 100;
const schedules = 2;
const steps = 10;
/** Clauses of one entity, whose moves come in one revision: what goes back is then part of an alert. */
const together = 5;
const hourMs = 3_600_000;

let app: TestApp;
let receiver: WebhookReceiver;

beforeAll(async () => {
  app = await startApp({ WEBHOOK_PER_S: '0', ALERTS_PER_MINUTE: '1000000' });
  sendEchoesPlain(app);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

const severity = { a: 'low', b: 'medium', c: 'high' } as const;
type State = keyof typeof severity;
const walk = fc
  .array(fc.constantFrom<State>('a', 'b', 'c'), { minLength: 3, maxLength: steps })
  .map((states) => states.filter((state, n) => state !== states[n - 1]));
const action = fc.constantFrom('nothing', 'fan out', 'send', 'send');

/** As the rules have it: of each change what it means, and by which one it was undone. */
function modelOf(states: readonly State[], times: readonly Date[]) {
  let past = noPast;
  const changes: { verdict: string; undoneBy: number | null }[] = [];
  for (const [n, state] of states.entries()) {
    const move = { changeId: String(n), at: times[n]!, before: states[n - 1] ?? 'none', after: state };
    const judged = judgeMove(past, move);
    past = judged.past;
    changes.push({ verdict: judged.verdict.kind, undoneBy: null });
    for (const undone of 'undoes' in judged.verdict ? judged.verdict.undoes : [])
      changes[Number(undone)]!.undoneBy = n;
  }
  return changes;
}

/** How many clauses of each entity move. */
function sizesOf(moving: readonly { n: number }[]): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const { n } of moving) {
    const entity = Math.floor(n / together);
    sizes.set(entity, (sizes.get(entity) ?? 0) + 1);
  }
  return sizes;
}

it.each(Array.from({ length: schedules }, (_, n) => n))(
  'tells what stands once, and what went back to those who heard of it (schedule %i)',
  async (schedule) => {
    const seed = 4_711 + schedule;
    const all = fc.sample(walk, { numRuns: walks, seed });
    const actions = fc.sample(action, { numRuns: steps, seed });
    const account = await app.createAccount();
    const hook = await webhookTo(app, account, receiver.url(`/${account.id}`));
    const prefix = `walk${schedule}`;
    const stage = new EchoStage(app, receiver, prefix);
    await watch(app, account, [['category', prefix]], { destinationIds: [hook.id] });
    const times: Date[] = [];
    for (let step = 0; step < steps; step++) {
      app.clock.advance(2 * 3_600);
      times.push(app.clock.now());
      const moving = all.map((states, n) => ({ n, state: states[step] })).filter(({ state }) => state);
      const sizes = sizesOf(moving);
      const events = moving.map(({ n, state }) => {
        const entity = `${prefix}-${Math.floor(n / together)}`;
        return provisionEvent({
          id: `${prefix}-${n}-${step}`,
          entity,
          provision: `${prefix}-${n}`,
          categories: [prefix],
          time: app.clock.now().toISOString(),
          revision: { id: `${entity}-${step}`, size: sizes.get(Math.floor(n / together))! },
          after: side(severity[state!]),
        });
      });
      if (events.length === 0) break;
      const answer = await app.call('POST', '/v1/events', {
        token: app.operatorToken,
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: JSON.stringify(events),
      });
      expect(answer.status, answer.text).toBe(202);
      if (actions[step] === 'fan out') await stage.fanOut();
      if (actions[step] === 'send') await app.work();
    }
    for (let n = 0; n < 2; n++) {
      app.clock.advance(hourMs / 1_000);
      await stage.settled();
    }
    const heard = receiver.requests
      .filter(({ path }) => path === `/${account.id}`)
      .map(({ body }) => JSON.parse(body.toString()))
      .flatMap(({ data }) => data.changes.map(({ id }: any) => ({ id, about: data.about ?? 'alert' })));
    const rows = await app.database.query<{
      id: string;
      eventId: string;
      verdict: string;
      undoneBy: string | null;
    }>(
      `select c.id, c.event_id as "eventId", c.verdict, u.event_id as "undoneBy"
       from change c left join change u on u.id = c.undone_by where c.event_id like $1`,
      [`${prefix}-%`],
    );
    const kept = new Map(rows.map((row) => [row.eventId, row]));
    let told = 0;
    let echoed = 0;
    for (const [n, states] of all.entries()) {
      for (const [step, { verdict, undoneBy }] of modelOf(states, times).entries()) {
        const row = kept.get(`${prefix}-${n}-${step}`)!;
        expect(row).toMatchObject({
          verdict,
          undoneBy: undoneBy === null ? null : `${prefix}-${n}-${undoneBy}`,
        });
        const of = heard.filter(({ id }) => id === row.id).map(({ about }) => about);
        const alerted = of[0] === 'alert';
        if (verdict === 'reverted' || verdict === 'quiet') expect(of).toEqual([]);
        else if (undoneBy === null) expect(of).toEqual(['alert']);
        else expect(of).toEqual(alerted ? ['alert', 'reverted'] : []);
        told += Number(alerted);
        echoed += of.length - Number(alerted);
      }
    }
    // The walks are worth something only when both come about.
    expect(told).toBeGreaterThan(walks);
    expect(echoed).toBeGreaterThan(walks / 10);
  },
  120_000,
);
