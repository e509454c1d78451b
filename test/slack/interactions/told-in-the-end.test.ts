import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { provisionEvent, side } from '../../support/events.js';
import type { PostedMessage } from '../../support/slack-emulator.js';
import { SlackStage } from './slack-stage.js';

let stage: SlackStage;
let reader: Awaited<ReturnType<SlackStage['reader']>>;
let message: PostedMessage;
let entities = 0;

beforeAll(async () => {
  stage = await SlackStage.open();
});
afterAll(async () => stage.close());
beforeEach(async () => {
  const entity = `told${++entities}`;
  reader = await stage.reader(entity);
  await stage.app.postEvents([provisionEvent({ entity, after: side('high') })]);
  await stage.app.work();
  message = (await stage.inChannel())[0]!;
});

const told = async () => stage.slack.history(stage.slack.webhookChannelId);
const click = async (action: string) =>
  stage.click({ message, action, team: reader.team, more: { response_url: stage.slack.webhookUrl } });

it.each(['acknowledge', 'mute'])(
  'who clicked %s hears that the message could not show it',
  async (action) => {
    const before = (await told()).length;
    await stage.delete(message);
    await click(action);
    await expect.poll(async () => (await told()).length).toBe(before + 1);
    expect((await told())[0]?.text).toBe('Done. Slack did not let this message show it.');
  },
);

it('who clicked hears nothing when the message shows it', async () => {
  const before = (await told()).length;
  await click('acknowledge');
  await click('mute');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await told()).toHaveLength(before);
});

it('who clicked on a message that nothing is kept of hears that it can’t show it', async () => {
  const before = (await told()).length;
  await stage.app.database.execute(`delete from delivery_message`);
  await click('acknowledge');
  await expect.poll(async () => (await told()).length).toBe(before + 1);
  expect((await told())[0]?.text).toBe('Done. This message can’t show it.');
});
