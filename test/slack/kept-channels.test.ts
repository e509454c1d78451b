import { expect, it } from 'vitest';
import type { SlackChannel } from '../../src/slack/channel-list.js';
import { KeptChannels, type ChannelList } from '../../src/slack/kept-channels.js';
import type { SlackAnswer } from '../../src/slack/slack-answer.js';

const now = new Date('2026-03-24T09:00:00Z');

function listOf(count: number): SlackAnswer<ChannelList> {
  const one: SlackChannel = { id: 'C1', name: 'one', isMember: false, memberCount: null };
  return {
    kind: 'ok',
    value: { channels: Array.from({ length: count }, () => one), isComplete: true },
  };
}

it('keeps 100,000 channels at most, and lets go of the oldest list first', async () => {
  const kept = new KeptChannels();
  const reads: string[] = [];
  const ask = async (key: string, count = 40_000) =>
    kept.get(key, now, async () => {
      reads.push(key);
      return listOf(count);
    });

  for (const key of ['a', 'b', 'c']) await ask(key);
  for (const key of ['b', 'c', 'a']) await ask(key);

  expect(reads).toEqual(['a', 'b', 'c', 'a']);
});

it('keeps nothing of a fault of its own, and asks again', async () => {
  const kept = new KeptChannels();
  const failing = kept.get('a', now, () => Promise.reject(new Error('a bug')));

  await expect(failing).rejects.toThrow('a bug');

  expect(await kept.get('a', now, async () => listOf(1))).toMatchObject({ kind: 'ok' });
});
