import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChannelRegistry } from '../../../src/channels/registry.js';
import type { Severity } from '../../../src/domain/severity.js';
import { provisionEvent, side } from '../../support/events.js';
import { saidBy, SlackStage } from './slack-stage.js';

let stage: SlackStage;

beforeAll(async () => {
  stage = await SlackStage.open();
  // What an echo looks like is the channel's: here it is enough that it is told.
  const slack = stage.app.app.get(ChannelRegistry).find('slack')!;
  const render = slack.render.bind(slack);
  slack.render = async (content) =>
    render(content.kind === 'echo' ? { ...content, kind: 'alert', followUp: false } : content);
});
afterAll(async () => stage.close());

async function change(entity: string, severity: Severity): Promise<void> {
  stage.app.clock.advance(3_600);
  const time = stage.app.clock.now().toISOString();
  await stage.app.postEvents([provisionEvent({ entity, time, after: side(severity) })]);
  await stage.app.work();
}

it('what went back stands in the thread of the message that told it, and the message is changed', async () => {
  await stage.reader('echoed');
  await change('echoed', 'low');
  await change('echoed', 'high');
  const [message, first] = await stage.inChannel();
  expect(message!['edited']).toBeUndefined();
  await change('echoed', 'low');
  expect(await stage.inChannel()).toHaveLength(2);
  const [echo, ...others] = await stage.answers(message!);
  expect(others).toEqual([]);
  expect(saidBy(echo!)).toContain('Provision echoed-terms-1');
  expect(await stage.answers(first!)).toEqual([]);
  const changed = (await stage.inChannel()).find(({ ts }) => ts === message!['ts'])!;
  expect(changed['edited']).toBeDefined();
  expect(saidBy(changed)).not.toContain('follow-up');
});

it('a message shows a correction as it reads now, and no longer that something went back when that was wrong', async () => {
  await stage.reader('put-right');
  await change('put-right', 'low');
  await change('put-right', 'high');
  const message = (await stage.inChannel()).find((one) =>
    saidBy(one).includes('Provision put-right-terms-1'),
  )!;
  const shown = async () => saidBy((await stage.inChannel()).find(({ ts }) => ts === message['ts'])!);
  stage.app.clock.advance(3_600);
  const event = provisionEvent({
    id: 'put-right-3',
    entity: 'put-right',
    time: stage.app.clock.now().toISOString(),
    after: side('low'),
  });
  await stage.app.postEvents([event]);
  await stage.app.work();
  expect(await shown()).toContain('Went back');
  stage.app.clock.advance(3_600);
  const time = stage.app.clock.now().toISOString();
  const { source, specversion, id } = event;
  const type = 'provision.retracted.v1';
  await stage.app.postEvents([
    { specversion, source, type, id: `${id}-r`, time, data: { retracts: { id } } },
  ]);
  await stage.app.work();
  expect(await shown()).not.toContain('Went back');
  expect(await shown()).toContain('Corrected by the archive');
  expect(await shown()).toContain('as it reads now');
});
