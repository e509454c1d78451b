import { afterEach, beforeEach, expect, it } from 'vitest';
import { provisionEvent, side } from '../support/events.js';
import { watch } from '../support/watching.js';
import { as, gone, startStage, type Stage } from './stage.js';

let stage: Stage;
let watchlist: string;
beforeEach(async () => {
  stage = await startStage();
  watchlist = await watch(stage.app, stage.owner, [['entity', 'acme']]);
});
afterEach(async () => stage.stop());

let events = 0;

/** Has an alert sent. @returns the subject that the `mailto:` of its mail asks for */
async function subject(): Promise<string> {
  const provision = `acme-${++events}`;
  await stage.app.postEvents([provisionEvent({ entity: 'acme', provision, after: side('high') })]);
  await stage.app.work();
  const line = stage.sink.mails
    .at(-1)!
    .parsed.headerLines.find(({ key }) => key === 'list-unsubscribe')!.line;
  const mailto = /<mailto:([^>]+)>/.exec(line.replaceAll(/\r?\n\s*/g, ''))![1]!;
  expect(mailto).toMatch(/^unsubscribe@example\.org\?subject=/);
  return decodeURIComponent(mailto.split('subject=')[1]!);
}

const mailWith = (line: string) =>
  `From: somebody@example.com\r\n${line}\r\nTo: unsubscribe@example.org\r\n\r\n`;

async function isSubscribed(): Promise<boolean> {
  const { body } = await stage.app.call('GET', `/v1/watchlists/${watchlist}`, as(stage.owner));
  return body.destinationIds.length > 0;
}

it.each([
  ['as it is', (text: string) => `Subject: ${text}`],
  ['folded', (text: string) => `Subject:\r\n ${text.replace(' ', '\r\n ')}`],
  ['in capitals, as an answer', (text: string) => `SUBJECT: Re: ${text.replace('unsub', 'Unsub')}`],
])('stops the alerts of the mail whose token is sent %s, once and for all', async (_how, spelled) => {
  const given = await subject();
  for (let time = 0; time < 2; time++) {
    const { status, body } = await stage.report(mailWith(spelled(given)));
    expect([status, body]).toEqual([202, { findings: 1, suppressed: 0 }]);
    expect(await isSubscribed()).toBe(false);
  }
  expect(await stage.destinationsOf(stage.owner)).toMatchObject([
    { status: 'active', settings: { address: gone } },
  ]);
});

it('stops nothing for a token that is altered, cut, or not in the subject', async () => {
  const given = await subject();
  const token = given.split(' ')[1]!;
  const altered = `${token.slice(0, 45)}${token[45] === 'A' ? 'B' : 'A'}${token.slice(46)}`;
  for (const line of [
    `Subject: unsubscribe ${altered}`,
    `Subject: unsubscribe ${token.slice(0, -4)}`,
    `X-Subject: ${given}`,
    `Subject: hello\r\n\r\nSubject: ${given}`,
    'Subject: unsubscribe',
  ]) {
    expect((await stage.report(mailWith(line))).status).toBe(202);
    expect(await isSubscribed()).toBe(true);
  }
});
