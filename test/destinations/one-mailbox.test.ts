import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postfixBounce } from '../suppressions/a-bounce.js';
import { as, startStage, type Stage } from '../suppressions/stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(async () => stage.stop());

/** Two ways to write each of some mailboxes. */
const pairs = [
  ['user@bücher.example', 'USER@xn--bcher-kva.example'],
  ['"ada"@example.net', 'Ada@Example.NET'],
  ['josé@example.net', 'JOSE\u0301@example.net'],
  ['"john doe"@example.net', '"John Doe"@EXAMPLE.net'],
] as const;

describe.each(pairs)('the mailbox of %s and %s', (one, other) => {
  it('is shown as its owner wrote it, and needs no confirmation of whoever signed up with it', async () => {
    const account = await stage.app.createAccount({ email: one });
    const made = await stage.add(account, other);
    expect(made.body).toMatchObject({ status: 'active', settings: { address: other } });
    expect(await stage.destinationsOf(account)).toMatchObject([
      { status: 'active', settings: { address: one } },
      { status: 'active', settings: { address: other } },
    ]);
  });

  it('is suppressed in the destination that its account began with, too', async () => {
    const account = await stage.app.createAccount({ email: one });
    const [{ id }] = await stage.destinationsOf(account);
    await stage.app.call('POST', `/v1/destinations/${id}/test`, as(account));
    await stage.app.work();
    await stage.report(postfixBounce(stage.sink.mails.at(-1)!));
    expect(await stage.destinationsOf(account)).toMatchObject([{ id, status: 'disabled' }]);
  });

  it('is confirmed by one link, however it is written', async () => {
    const account = await stage.app.createAccount();
    await stage.add(account, one);
    await stage.add(account, other);
    await stage.app.work();
    const [mail, ...more] = stage.sink.mails.slice(-2).filter(({ source }) => source.includes('/confirm/'));
    expect(more).toEqual([]);
    const link = /\/confirm\/[\w-]+/.exec(mail!.parsed.text ?? '')![0];
    expect((await stage.app.call('POST', link)).status).toBe(200);
    expect((await stage.destinationsOf(account)).map(({ status }) => status)).toEqual([
      'active',
      'active',
      'active',
    ]);
  });

  it('is suppressed in every form by a bounce of one', async () => {
    const [first, second] = [await stage.app.createAccount(), await stage.app.createAccount()];
    const id = await stage.addConfirmed(first, one);
    await stage.addConfirmed(second, other);
    await stage.app.call('POST', `/v1/destinations/${id}/test`, as(first));
    await stage.app.work();
    const { body } = await stage.report(postfixBounce(stage.sink.mails.at(-1)!));
    expect(body).toEqual({ findings: 1, suppressed: 1 });
    for (const account of [first, second]) {
      expect((await stage.destinationsOf(account))[1]).toMatchObject({ status: 'disabled' });
      expect(await stage.listOf(account)).toMatchObject([{ reason: 'bounce' }]);
    }
    const third = await stage.app.createAccount();
    expect((await stage.add(third, one)).status).toBe(409);
    expect((await stage.add(third, other)).status).toBe(409);
  });
});
