import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provisionEvent } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';
import type { SunkMail } from '../support/smtp-sink.js';
import { postfixBounce } from './a-bounce.js';
import { as, gone, startStage, type Stage } from './stage.js';

const hour = 3_600;
const byPolicy = { status: '5.7.1', words: '550 5.7.1 blocked by policy' };

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(async () => stage.stop());

/** An alert that was mailed. */
async function alerted(): Promise<SunkMail> {
  await watch(stage.app, stage.owner, [['entity', 'acme']]);
  await stage.app.postEvents([provisionEvent({ entity: 'acme' })]);
  await stage.app.work();
  stage.app.clock.advance(60);
  return stage.sink.mails.at(-1)!;
}

const delivery = async () => (await deliveriesOf(stage.app, stage.owner))[0];

describe('a mail that a policy refused after the mail server took it on', () => {
  it('is noted among its attempts, goes out once more after a rest, and never a third time', async () => {
    const mail = await alerted();
    expect((await stage.report(postfixBounce(mail, byPolicy))).body).toEqual({ findings: 1, suppressed: 0 });
    const waiting = await delivery();
    expect(waiting).toMatchObject({
      state: 'due',
      attempts: [
        { outcome: 'delivered', status: 250 },
        {
          outcome: 'retry',
          status: 550,
          reason: 'it came back: the mail server refused it by its policy (550 5.7.1); it goes out once more',
          excerpt: null,
        },
      ],
    });
    expect(new Date(waiting.attempts[1].at)).toEqual(stage.app.clock.now());

    stage.app.clock.advance(4 * hour - 60);
    await stage.app.work();
    expect(stage.sink.mails.at(-1)).toBe(mail);
    // The same report once more, while it waits.
    await stage.report(postfixBounce(mail, byPolicy));
    stage.app.clock.advance(60);
    await stage.app.work();
    const again = stage.sink.mails.at(-1)!;
    expect(again).not.toBe(mail);
    expect(again.parsed.messageId).toBe(mail.parsed.messageId);
    expect(again.from).toBe(mail.from);
    expect((await delivery()).attempts.map(({ outcome }: any) => outcome)).toEqual([
      'delivered',
      'retry',
      'delivered',
    ]);

    stage.app.clock.advance(60);
    for (let n = 0; n < 3; n++) await stage.report(postfixBounce(again, byPolicy));
    const ended = await delivery();
    expect(ended.state).toBe('dead');
    expect(ended.attempts.map(({ outcome }: any) => outcome)).toEqual([
      'delivered',
      'retry',
      'delivered',
      'permanent',
    ]);
    const sent = stage.sink.mails.length;
    stage.app.clock.advance(24 * hour);
    await stage.app.work();
    expect(stage.sink.mails).toHaveLength(sent);
  });

  it('is told to the operator, each refusal once', async () => {
    const overview = async () =>
      (await stage.app.call('GET', '/v1/operator/overview', { token: stage.app.operatorToken })).body;
    expect((await overview()).mailsRefused).toBe(0);
    const mail = await alerted();
    for (let n = 0; n < 3; n++) await stage.report(postfixBounce(mail, byPolicy));
    await stage.report(postfixBounce(await stage.alertMail(), { status: '5.2.2', words: '552 5.2.2 full' }));
    expect((await overview()).mailsRefused).toBe(1);
    stage.app.clock.advance(25 * hour);
    expect((await overview()).mailsRefused).toBe(0);
  });

  it('does not go out once more where nobody wants it any more, or it is old, or a test', async () => {
    const test = await stage.alertMail();
    await stage.report(postfixBounce(test, byPolicy));
    const mail = await alerted();
    const sent = stage.sink.mails.length;
    stage.app.clock.advance(8 * 24 * hour);
    await stage.report(postfixBounce(mail, byPolicy));
    stage.app.clock.advance(5 * hour);
    await stage.app.work();
    expect(stage.sink.mails).toHaveLength(sent);
    expect((await delivery()).attempts.at(-1)).toMatchObject({ outcome: 'permanent' });

    await stage.app.postEvents([provisionEvent({ entity: 'acme', provision: 'acme-2' })]);
    await stage.app.work();
    await stage.report(postfixBounce(stage.sink.mails.at(-1)!, byPolicy));
    const [{ id }] = await stage.destinationsOf(stage.owner);
    await stage.app.call('PATCH', `/v1/destinations/${id}`, {
      ...as(stage.owner),
      body: { status: 'paused' },
    });
    stage.app.clock.advance(5 * hour);
    await stage.app.work();
    expect(stage.sink.mails).toHaveLength(sent + 1);
    expect(await delivery()).toMatchObject({ state: 'cancelled' });
  });
});

describe('a mail that came back for another reason', () => {
  it.each([
    ['5.1.1', '550 5.1.1 gone', 'it came back: the mailbox does not exist (550 5.1.1)'],
    ['5.2.2', '552 5.2.2 full', 'it came back: the mailbox is full (552 5.2.2)'],
    ['5.3.4', '552 5.3.4 big', 'it came back: the mail is too big for the mailbox (552 5.3.4)'],
  ])('is noted for its owner, and not sent again: %s', async (status, words, reason) => {
    const mail = await alerted();
    for (let n = 0; n < 2; n++) await stage.report(postfixBounce(mail, { status, words }));
    expect(await delivery()).toMatchObject({
      state: 'dead',
      reason,
      deliveredAt: null,
      attempts: [{ outcome: 'delivered' }, { outcome: 'permanent', reason }],
    });
    expect(JSON.stringify(await delivery())).not.toContain(gone);
  });

  it('blames no address for a relay of ours that has no address', async () => {
    const words =
      'Host or domain name not found. Name service error for name=smtp-relay.internal.invalid type=A: Host not found';
    const mail = await alerted();
    const answer = await stage.report(postfixBounce(mail, { status: '5.4.4', words }));
    expect(answer.body.suppressed).toBe(0);
    expect((await delivery()).attempts[1].reason).toContain('the operator has to look into');
    const ours = words.replace('smtp-relay.internal.invalid', 'example.net');
    expect((await stage.report(postfixBounce(mail, { status: '5.4.4', words: ours }))).body.suppressed).toBe(
      1,
    );
  });
});

describe('a report on another address than the one that was written to', () => {
  it.each(['member@example.org', 'gone@elsewhere.example', 'other@example.net'])(
    'silences nobody: %s',
    async (recipient) => {
      const mail = await alerted();
      expect((await stage.report(postfixBounce(mail, { recipient }))).body).toEqual({
        findings: 1,
        suppressed: 0,
      });
      await stage.report(postfixBounce(mail, { ...byPolicy, recipient }));
      expect(await stage.listOf(stage.owner)).toEqual([]);
      expect(await delivery()).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }] });
      expect((await stage.app.call('GET', '/metrics')).text).toContain(
        'tocsin_mail_findings_total{finding="forwarded"} 2',
      );
      expect(stage.log.filter(({ finding }) => finding === 'forwarded')).toHaveLength(2);
    },
  );

  it.each(['Gone@EXAMPLE.net', 'gone+alerts@example.net', '"gone"@example.net'])(
    'counts where it is the same mailbox: %s',
    async (recipient) => {
      const mail = await alerted();
      expect((await stage.report(postfixBounce(mail, { recipient }))).body.suppressed).toBe(1);
    },
  );

  it('counts where it is not named at all', async () => {
    const report = postfixBounce(await alerted()).replace(/^Final-Recipient: .*$/m, 'Final-Recipient:');
    expect((await stage.report(report)).body.suppressed).toBe(1);
  });

  it.each(['delayed', 'delivered', 'relayed', 'expanded'])(
    'is no failure when it says %s',
    async (action) => {
      const report = postfixBounce(await alerted()).replace('Action: failed', `Action: ${action}`);
      expect((await stage.report(report)).body.suppressed).toBe(0);
    },
  );
});
