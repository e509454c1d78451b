import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { returnPaths } from '../../src/mail-reports/return-path.js';
import { provisionEvent } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';
import { postfixBounce } from './a-bounce.js';
import { as, gone, startStage, type Stage } from './stage.js';

const day = 86_400;

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(async () => stage.stop());

describe('a mail that bounces', () => {
  it('carries a return path of its own, and the sender in sight stays', async () => {
    const [one, other] = [await stage.alertMail(), await stage.alertMail()];
    for (const mail of [one, other]) {
      expect(mail.from).toMatch(/^bounce\+[a-z2-7]{32}@example\.org$/);
      expect(mail.parsed.from?.value).toMatchObject([{ address: 'alerts@example.org' }]);
    }
    expect(one.from).not.toBe(other.from);
  });

  it('names its own delivery, though it goes over one connection with others', async () => {
    const rich = await stage.app.createAccount({ tier: 'professional' });
    const made = new Map<string, string>();
    for (let n = 0; n < 8; n++) {
      const address = `reader${n}@example.org`;
      const id = await stage.addConfirmed(rich, address);
      const { body } = await stage.app.call('POST', `/v1/destinations/${id}/test`, as(rich));
      made.set(address, body.deliveryId);
    }
    await stage.app.work();
    const paths = returnPaths('bounce@example.org', 'a secret key for tests, long enough to be one');
    const mails = stage.sink.mails.filter(({ to }) => made.has(to[0] ?? ''));
    const sent = mails.filter(({ parsed }) => !/confirm/i.test(parsed.subject ?? ''));
    expect(new Map(sent.map(({ to, from }) => [to[0], paths.read(from)]))).toEqual(made);
  });

  it('disables its destination, cancels what is due, is listed, and is lifted once a day', async () => {
    const bystander = await stage.app.createAccount();
    const other = await stage.app.createAccount({ tier: 'professional' });
    const shared = await stage.addConfirmed(other, gone);
    await watch(stage.app, stage.owner, [['entity', 'acme']]);
    const mail = await stage.alertMail();
    await stage.app.postEvents([provisionEvent({ entity: 'acme' })]);
    // Fanned out, and due when the report comes in.
    stage.answers[gone] = { refuse: 'recipient', code: 451, text: '4.7.1 greylisted' };
    await stage.app.work();
    expect((await deliveriesOf(stage.app, stage.owner))[0]).toMatchObject({ state: 'due' });

    const answer = await stage.report(postfixBounce(mail));
    expect(answer.body).toEqual({ findings: 1, suppressed: 1 });
    expect(answer.status).toBe(202);
    delete stage.answers[gone];
    stage.app.clock.advance(3_600);
    await stage.app.work();

    expect((await deliveriesOf(stage.app, stage.owner))[0]).toMatchObject({
      state: 'cancelled',
      reason: 'the destination is disabled',
    });
    const [destination] = await stage.destinationsOf(stage.owner);
    expect(destination).toMatchObject({
      status: 'disabled',
      reason: expect.stringMatching(/^the mailbox does not exist \(550 5\.1\.1\): correct the address/),
    });
    const item = {
      id: `${destination.id}-bounce`,
      destinationId: destination.id,
      address: gone,
      reason: 'bounce',
      detail: 'the mailbox does not exist (550 5.1.1)',
      at: expect.any(String),
      liftable: true,
    };
    expect(await stage.listOf(stage.owner)).toEqual([item]);
    expect(await stage.listOf(other)).toMatchObject([{ destinationId: shared, address: gone }]);
    expect(await stage.listOf(bystander)).toEqual([]);
    expect(await stage.destinationsOf(bystander)).toMatchObject([{ status: 'active' }]);
    const tested = await stage.app.call('POST', `/v1/destinations/${destination.id}/test`, as(stage.owner));
    expect(tested.status).toBe(409);
    const enabled = await stage.app.call(
      'POST',
      `/v1/destinations/${destination.id}/enable`,
      as(stage.owner),
    );
    expect(enabled).toMatchObject({ status: 409, body: { suppression: { reason: 'bounce' } } });
    expect(enabled.body.detail).toContain('the mailbox does not exist (550 5.1.1)');

    expect((await stage.lift(bystander, item.id)).status).toBe(404);
    expect((await stage.lift(stage.owner, item.id)).status).toBe(204);
    expect(await stage.destinationsOf(stage.owner)).toMatchObject([{ status: 'active', reason: null }]);
    expect(await stage.listOf(stage.owner)).toEqual([]);
    expect((await stage.lift(stage.owner, item.id)).status).toBe(404);
    // The same report once more tells of a mail from before.
    expect((await stage.report(postfixBounce(mail))).body).toEqual({ findings: 1, suppressed: 0 });
    // What the other account has waits for it, and is not at work before it was confirmed anew.
    expect((await stage.destinationsOf(other))[1]).toMatchObject({ status: 'disabled' });
    const again = await stage.app.call('POST', `/v1/destinations/${shared}/enable`, as(other));
    expect(again.body).toMatchObject({ status: 'pending' });

    const second = await stage.alertMail();
    expect((await stage.report(postfixBounce(second))).body.suppressed).toBe(1);
    expect(await stage.listOf(stage.owner)).toMatchObject([{ ...item, liftable: false }]);
    expect((await stage.lift(stage.owner, item.id)).status).toBe(409);
    stage.app.clock.advance(day);
    expect(await stage.listOf(stage.owner)).toMatchObject([{ ...item, liftable: true }]);
    expect((await stage.lift(stage.owner, item.id)).status).toBe(204);
  });

  it('tells the owner when it was the address of somebody else, and never at an address that is disabled', async () => {
    const other = await stage.app.createAccount({ tier: 'professional', email: 'other@example.org' });
    await stage.addConfirmed(other, gone);
    const mail = await stage.alertMail();
    await stage.report(postfixBounce(mail));
    const before = stage.sink.mails.length;
    stage.app.clock.advance(60);
    await stage.app.work();
    const after = stage.sink.mails.slice(before);
    expect(after.map(({ to }) => to)).toEqual([['other@example.org']]);
  });

  it('is told at no address that itself is gone', async () => {
    const rich = await stage.app.createAccount({ tier: 'professional', email: 'rich@example.org' });
    await stage.addConfirmed(rich, 'second@example.org');
    for (const { id } of await stage.destinationsOf(rich)) {
      await stage.app.call('POST', `/v1/destinations/${id}/test`, as(rich));
    }
    await stage.app.work();
    const mailTo = (address: string) => stage.sink.mails.find(({ to }) => to.includes(address))!;
    await stage.report(postfixBounce(mailTo('rich@example.org')));
    await stage.report(postfixBounce(mailTo('second@example.org')));
    expect((await stage.listOf(rich)).map(({ reason }) => reason)).toEqual(['bounce', 'bounce']);
    const before = stage.sink.mails.length;
    stage.app.clock.advance(60);
    await stage.app.work();
    expect(stage.sink.mails.slice(before)).toEqual([]);
  });

  it('changes nothing when its return path is forged, another, or of a destination that is gone', async () => {
    const mail = await stage.alertMail();
    const forged = `bounce+${'a'.repeat(32)}@example.org`;
    expect((await stage.report(postfixBounce(mail, { returnPath: forged }))).body).toEqual({
      findings: 1,
      suppressed: 0,
    });
    for (const nonsense of [
      '',
      'nonsense',
      '\0\0',
      postfixBounce(mail, { returnPath: 'bounce@example.org' }),
    ]) {
      const { status, body } = await stage.report(nonsense);
      expect([status, body.suppressed]).toEqual([202, 0]);
    }
    expect(await stage.listOf(stage.owner)).toEqual([]);
    expect(await stage.destinationsOf(stage.owner)).toMatchObject([{ status: 'active' }]);
    expect((await stage.app.call('GET', '/metrics')).text).toMatch(
      /^tocsin_mail_findings_total\{finding="unproven"\} [1-9]/m,
    );
    expect(await stage.app.database.query('select * from suppression')).toEqual([]);
  });

  it('says nothing of the address that its destination was given since', async () => {
    const rich = await stage.app.createAccount({ tier: 'professional' });
    const id = await stage.addConfirmed(rich, 'former@example.org');
    await stage.app.call('POST', `/v1/destinations/${id}/test`, as(rich));
    await stage.app.work();
    const mail = stage.sink.mails.at(-1)!;
    expect(mail.to).toEqual(['former@example.org']);
    stage.app.clock.advance(60);
    const settings = { address: 'present@example.org' };
    await stage.app.call('PATCH', `/v1/destinations/${id}`, { ...as(rich), body: { settings } });
    expect((await stage.report(postfixBounce(mail))).body.suppressed).toBe(0);
    expect((await stage.add(rich, 'present@example.org')).status).toBe(201);
  });

  it.each([
    ['4.2.2', '452 4.2.2 mailbox full', 'mailbox-full'],
    ['5.2.2', '552 5.2.2 mailbox full', 'mailbox-full'],
    ['5.3.4', '552 5.3.4 too big', 'too-big'],
    ['5.7.1', '550 5.7.1 blocked by policy', 'policy'],
  ])('keeps its address when it says %s, and is counted', async (status, words, finding) => {
    const mail = await stage.alertMail();
    expect((await stage.report(postfixBounce(mail, { status, words }))).body.suppressed).toBe(0);
    expect(await stage.destinationsOf(stage.owner)).toMatchObject([{ status: 'active' }]);
    expect((await stage.app.call('GET', '/metrics')).text).toContain(
      `tocsin_mail_findings_total{finding="${finding}"} 1`,
    );
    const warned = stage.log.filter(({ msg }) => msg === 'mail refused by policy');
    expect(warned).toHaveLength(finding === 'policy' ? 1 : 0);
    expect(JSON.stringify(stage.log)).not.toContain(gone);
  });

  it('is suppressed for everybody when the server says so at once', async () => {
    const other = await stage.app.createAccount({ tier: 'professional' });
    const shared = await stage.addConfirmed(other, gone.toUpperCase());
    stage.answers[gone] = { refuse: 'recipient', code: 550, text: '5.1.1 no such user' };
    const [own] = await stage.destinationsOf(stage.owner);
    await stage.app.call('POST', `/v1/destinations/${own.id}/test`, as(stage.owner));
    await stage.app.work();
    const item = { reason: 'bounce', detail: 'the mailbox does not exist (550 5.1.1)', liftable: true };
    expect(await stage.listOf(stage.owner)).toMatchObject([{ ...item, destinationId: own.id }]);
    expect(await stage.listOf(other)).toMatchObject([{ ...item, destinationId: shared }]);
    expect((await stage.destinationsOf(other))[1]).toMatchObject({ status: 'disabled' });
    expect((await stage.add(other, gone)).status).toBe(409);
  });
});

describe('an address that is suppressed', () => {
  it('gets no destination, no confirmation and no account, in whatever way', async () => {
    const other = await stage.app.createAccount({ tier: 'professional' });
    const fresh = (await stage.add(other, 'fresh@example.org')).body.id;
    await stage.app.work();
    await stage.report(postfixBounce(await stage.alertMail()));
    const before = stage.sink.mails.length;

    const refused = await stage.add(other, gone.toUpperCase());
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toMatch(/suppressed: the mailbox does not exist .*Use another address/);
    const body = { settings: { address: gone } };
    expect((await stage.app.call('PATCH', `/v1/destinations/${fresh}`, { ...as(other), body })).status).toBe(
      409,
    );
    const account = { email: gone, tier: 'free' };
    await stage.app.call('DELETE', `/v1/accounts/${stage.owner.id}`, { token: stage.app.operatorToken });
    expect(
      (await stage.app.call('POST', '/v1/accounts', { token: stage.app.operatorToken, body: account }))
        .status,
    ).toBe(409);
    await stage.app.work();
    expect(stage.sink.mails.slice(before).filter(({ to }) => to.includes(gone))).toEqual([]);
    // Nothing that anybody could read is left of it.
    const [kept] = await stage.app.database.query(
      `select encode(address_hash, 'escape') ~ 'gone' or detail ~ 'gone' as readable,
         address_hash = sha256(convert_to($1, 'UTF8')) as "foundByTrying" from suppression`,
      [gone],
    );
    expect(kept).toEqual({ readable: false, foundByTrying: false });
  });

  it('is not confirmed by a link from before', async () => {
    const other = await stage.app.createAccount({ tier: 'professional' });
    const { id } = (await stage.add(other, 'newcomer@example.org')).body;
    await stage.app.work();
    const mail = stage.sink.mails.at(-1)!;
    const link = /\/confirm\/[\w-]+/.exec(mail.parsed.text ?? '')?.[0] ?? '';
    expect((await stage.report(postfixBounce(mail))).body.suppressed).toBe(1);
    expect((await stage.app.call('POST', link)).status).toBe(409);
    const states = (await stage.destinationsOf(other)).filter((one) => one.id === id);
    expect(states).toMatchObject([{ status: 'disabled' }]);

    // Lifted, it waits for its confirmation: it never had one.
    expect((await stage.lift(other, `${id}-bounce`)).status).toBe(204);
    expect((await stage.destinationsOf(other))[1]).toMatchObject({ id, status: 'pending' });
    const before = stage.sink.mails.length;
    await stage.app.work();
    const asked = stage.sink.mails.slice(before).filter(({ to }) => to.includes('newcomer@example.org'));
    expect(asked).toHaveLength(1);
  });
});
