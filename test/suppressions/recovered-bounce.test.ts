import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provisionEvent } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';
import type { SunkMail } from '../support/smtp-sink.js';
import { postfixBounce } from './a-bounce.js';
import { as, startStage, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(async () => stage.stop());

const delivery = async () => (await deliveriesOf(stage.app, stage.owner)).at(-1);
const own = async () => (await stage.destinationsOf(stage.owner))[0];

/** An alert that was mailed, and when at the latest. */
async function alerted(): Promise<{ mail: SunkMail; arrival: Date }> {
  await watch(stage.app, stage.owner, [['entity', 'acme']]);
  await stage.app.postEvents([provisionEvent({ entity: 'acme' })]);
  await stage.app.work();
  const arrival = stage.app.clock.now();
  stage.app.clock.advance(60);
  return { mail: stage.sink.mails.at(-1)!, arrival };
}

/** Lifts the suppression, and asks for what was missed. @returns how much of it goes out again */
async function liftAndRecover(since: Date): Promise<number> {
  const { id } = await own();
  expect((await stage.lift(stage.owner, `${id}-bounce`)).status).toBe(204);
  stage.app.clock.advance(60);
  const body = { since: new Date(since.getTime() - 3_600_000).toISOString() };
  const { body: answer } = await stage.app.call('POST', `/v1/destinations/${id}/recover`, {
    ...as(stage.owner),
    body,
  });
  return answer.recovered;
}

describe('an alert that bounced', () => {
  it('has failed, and goes out again with what was missed once its address is back', async () => {
    const { mail, arrival } = await alerted();
    expect((await stage.report(postfixBounce(mail))).body.suppressed).toBe(1);
    const reason = 'it came back: the mailbox does not exist (550 5.1.1)';
    expect(await delivery()).toMatchObject({ state: 'dead', reason, deliveredAt: null });
    expect(await liftAndRecover(arrival)).toBe(1);
    const before = stage.sink.mails.length;
    await stage.app.work();
    expect(stage.sink.mails.slice(before).map(({ parsed }) => parsed.messageId)).toEqual([
      mail.parsed.messageId,
    ]);
    expect(await delivery()).toMatchObject({
      state: 'delivered',
      attempts: [{ outcome: 'delivered' }, { outcome: 'permanent', reason }, { outcome: 'delivered' }],
    });
  });

  it('says nothing new by the same report, before and after it goes out again', async () => {
    const { mail, arrival } = await alerted();
    const report = postfixBounce(mail, { arrival });
    expect((await stage.report(report)).body.suppressed).toBe(1);
    expect(await liftAndRecover(arrival)).toBe(1);
    expect((await stage.report(report)).body.suppressed).toBe(0);
    expect((await stage.report(postfixBounce(mail))).body.suppressed).toBe(0);
    await stage.app.work();
    stage.app.clock.advance(60);
    expect((await stage.report(report)).body.suppressed).toBe(0);
    expect(await own()).toMatchObject({ status: 'active' });
    expect(await delivery()).toMatchObject({ state: 'delivered', attempts: { length: 3 } });
  });

  it('is suppressed anew when what went out again comes back', async () => {
    const { mail, arrival } = await alerted();
    await stage.report(postfixBounce(mail, { arrival }));
    await liftAndRecover(arrival);
    await stage.app.work();
    const second = stage.app.clock.now();
    stage.app.clock.advance(60);
    expect((await stage.report(postfixBounce(mail, { arrival: second }))).body.suppressed).toBe(1);
    expect(await delivery()).toMatchObject({ state: 'dead', attempts: { length: 4 } });
  });

  it('is suppressed, and has failed, though the clock of who reports is slow', async () => {
    const { mail, arrival } = await alerted();
    const early = new Date(arrival.getTime() - 300_000);
    expect((await stage.report(postfixBounce(mail, { arrival: early }))).body.suppressed).toBe(1);
    expect(await delivery()).toMatchObject({ state: 'dead' });
  });

  it('suppresses nothing when nobody can tell when it went out', async () => {
    const { mail, arrival } = await alerted();
    await stage.app.database.execute('update delivery set attempted_at = null');
    expect((await stage.report(postfixBounce(mail))).body.suppressed).toBe(0);
    expect((await stage.report(postfixBounce(mail, { arrival }))).body.suppressed).toBe(1);
  });
});
