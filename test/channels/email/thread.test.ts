import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { attempt, testChannel, to } from './email-fixture.js';

let sink: SmtpSink;
beforeEach(async () => {
  sink = await startSmtpSink();
});
afterEach(async () => sink.stop());

let deliveries = 0;

/** What of a thread stands in the header of a mail about a revision. */
async function sent(revision: string | null, followUp: boolean, address = 'ada@example.org') {
  const channel = testChannel({ smtpUrl: sink.smtpUrl });
  const content = alertContent({ revision: { id: revision }, followUp });
  const reader = recipient({ deliveryId: String(++deliveries) });
  await channel.send(channel.fill(await channel.render(content), reader), to(address), attempt());
  await channel.close();
  const { messageId, references, inReplyTo } = sink.mails.at(-1)!.parsed;
  return { messageId, references, inReplyTo };
}

it('has a follow-up stand below the first mail about the revision to the address', async () => {
  const first = await sent('2026-05-04', false);
  const followUp = await sent('2026-05-04', true);
  expect(first.references).toMatch(/^<[0-9a-f]{40}@tocsin\.example>$/);
  expect(first.inReplyTo).toBeUndefined();
  expect(followUp).toMatchObject({ references: first.references, inReplyTo: first.references });
  expect(new Set([first.messageId, followUp.messageId, first.references]).size).toBe(3);
});

it('tells revisions and addresses apart, and gives away neither', async () => {
  const [one, other, elsewhere] = [
    await sent('2026-05-04', false),
    await sent('2026-05-05', false),
    await sent('2026-05-04', false, 'eve@example.org'),
  ];
  expect(new Set([one, other, elsewhere].map(({ references }) => references)).size).toBe(3);
});

it('makes no thread of a change that belongs to no revision: nothing follows it', async () => {
  expect(await sent(null, false)).toMatchObject({ references: undefined, inReplyTo: undefined });
});
