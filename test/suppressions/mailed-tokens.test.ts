import { afterEach, beforeEach, expect, it } from 'vitest';
import { provisionEvent, side } from '../support/events.js';
import { watch } from '../support/watching.js';
import { as, startStage, type Stage } from './stage.js';

let stage: Stage;
let watchlist: string;
/** What the `mailto:` of a mail asks for. */
let subject: string;
beforeEach(async () => {
  stage = await startStage();
  watchlist = await watch(stage.app, stage.owner, [['entity', 'acme']]);
  await stage.app.postEvents([provisionEvent({ entity: 'acme', provision: 'acme-1', after: side('high') })]);
  await stage.app.work();
  const lines = stage.sink.mails.at(-1)!.parsed.headerLines;
  const { line } = lines.find(({ key }) => key === 'list-unsubscribe')!;
  const mailto = /<mailto:([^>]+)>/.exec(line.replaceAll(/\r?\n\s*/g, ''))![1]!;
  subject = decodeURIComponent(mailto.split('subject=')[1]!);
});
afterEach(async () => stage.stop());

const send = async (spelled: string) =>
  stage.report(`From: somebody@example.com\r\nSubject: ${spelled}\r\nTo: unsubscribe@example.org\r\n\r\n`);

async function isSubscribed(): Promise<boolean> {
  const { body } = await stage.app.call('GET', `/v1/watchlists/${watchlist}`, as(stage.owner));
  return body.destinationIds.length > 0;
}

const inB = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const inQ = (text: string) =>
  `=?iso-8859-1?q?${text.replaceAll(/[_=?]/g, (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll(' ', '_')}?=`;
/** Encoded words have at most 75 characters: a token takes several. */
const inParts = (text: string, encode: (text: string) => string) =>
  text
    .match(/.{1,24}/gs)!
    .map(encode)
    .join('\r\n ');

it.each([
  ['Base64', (text: string) => inParts(text, inB)],
  ['Q', (text: string) => inParts(text, inQ)],
  ['Q, as an answer', (text: string) => `Re: ${inParts(text, inQ)}`],
  ['Base64, the token alone', (text: string) => `unsubscribe\r\n ${inParts(text.split(' ')[1]!, inB)}`],
])('takes a subject that is encoded in %s', async (_how, spelled) => {
  expect((await send(spelled(subject))).body).toEqual({ findings: 1, suppressed: 0 });
  expect(await isSubscribed()).toBe(false);
});

it('stops nothing at a new address by the token of a mail to the former one', async () => {
  const [{ id }] = await stage.destinationsOf(stage.owner);
  stage.app.clock.advance(60);
  const body = { settings: { address: 'new@example.net' } };
  expect((await stage.app.call('PATCH', `/v1/destinations/${id}`, { ...as(stage.owner), body })).status).toBe(
    200,
  );

  expect((await send(subject)).status).toBe(202);
  expect(await isSubscribed()).toBe(true);
});
