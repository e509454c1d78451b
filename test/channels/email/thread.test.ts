import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Recipient } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { echoKinds } from '../../../src/domain/echo-kind.js';
import { alertContent, changeContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { attempt, testChannel, to } from './email-fixture.js';
import { coverageContent, digestContent, echoContent } from './later-content.js';

let sink: SmtpSink;
beforeEach(async () => {
  sink = await startSmtpSink();
});
afterEach(async () => sink.stop());

let deliveries = 0;

/** What of a thread stands in the header of a mail. */
async function sentMail(content: Content, reader: Partial<Recipient> = {}, address = 'ada@example.org') {
  const channel = testChannel({ smtpUrl: sink.smtpUrl });
  const template = await channel.render(content);
  const recipientOf = recipient({ deliveryId: String(++deliveries), ...reader });
  await channel.send(channel.fill(template, recipientOf), to(address), attempt());
  await channel.close();
  const { messageId, references, inReplyTo } = sink.mails.at(-1)!.parsed;
  return { messageId, references, inReplyTo };
}

const sent = async (revision: string | null, followUp: boolean, address?: string) =>
  sentMail(alertContent({ revision: { id: revision }, followUp }), {}, address);

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

it('keeps changes that belong to no revision apart: nothing but what becomes of one follows it', async () => {
  const [one, other] = ['1', '2'].map((id) =>
    alertContent({ revision: { id: null }, changes: [changeContent({ id })] }),
  );
  const [first, second] = [await sentMail(one!), await sentMail(other!)];
  expect(first.references).not.toBe(second.references);
  const echo = await sentMail(
    echoContent('reverted', { revision: { id: null }, changes: [changeContent({ id: '1' })] }),
  );
  expect(echo).toMatchObject({ references: first.references, inReplyTo: first.references });
});

it.each(echoKinds)('has what became of an alert stand in its thread: %s', async (about) => {
  const first = await sentMail(alertContent());
  expect(await sentMail(echoContent(about))).toMatchObject({
    references: first.references,
    inReplyTo: first.references,
  });
});

it('has it answer the very mail that told its reader, where that is known', async () => {
  const first = await sentMail(alertContent(), { deliveryId: '9500' });
  const echo = await sentMail(echoContent('reverted'), { toldBy: '9500' });
  expect(echo.inReplyTo).toBe(first.messageId);
  expect(echo.references).toEqual([first.references, first.messageId]);
});

it('has the mail of a document that is back stand below the one that it was lost', async () => {
  const lost = await sentMail(coverageContent());
  const back = await sentMail(coverageContent({ about: 'back' }));
  const elsewhere = await sentMail(coverageContent({ since: '2026-01-01T00:00:00Z' }));
  expect(lost.inReplyTo).toBeUndefined();
  expect(back).toMatchObject({ references: lost.references, inReplyTo: lost.references });
  expect(elsewhere.references).not.toBe(lost.references);
});

it('makes no thread of digests', async () => {
  expect(await sentMail(digestContent())).toMatchObject({ references: undefined, inReplyTo: undefined });
});
