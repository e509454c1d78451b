import type { SlackChannel } from './channel-list.js';
import type { SlackAnswer } from './slack-answer.js';

/** All channels of a workspace, or as many as are read, in the order in which they are shown. */
export type ChannelList = { channels: readonly SlackChannel[]; isComplete: boolean };

/** Who pages or types a search asks again and again, of what hardly changes. */
const keptMs = 60_000;

/** Of all workspaces together: some 200 bytes each. */
const mostChannels = 100_000;

type Kept = { until: number; channels: number; answer: Promise<SlackAnswer<ChannelList>> };

/**
 * The channel lists of workspaces, for a minute. Who asks while one is being read waits for it, so that Slack is asked once; and
 * while Slack asks to wait, nobody asks it.
 */
export class KeptChannels {
  private readonly lists = new Map<string, Kept>();

  /** @param key changes when what is kept no longer counts @param read asks Slack */
  async get(
    key: string,
    now: Date,
    read: () => Promise<SlackAnswer<ChannelList>>,
  ): Promise<SlackAnswer<ChannelList>> {
    const known = this.lists.get(key);
    if (known !== undefined && now.getTime() < known.until) {
      const answer = await known.answer;
      return answer.kind === 'limited' ? { ...answer, afterSeconds: secondsTo(known.until, now) } : answer;
    }
    const kept: Kept = { until: now.getTime() + keptMs, channels: 0, answer: read() };
    this.lists.delete(key);
    this.lists.set(key, kept);
    try {
      this.settle(key, kept, await kept.answer, now);
    } catch (error) {
      this.forget(key, kept);
      throw error;
    }
    return kept.answer;
  }

  private settle(key: string, kept: Kept, answer: SlackAnswer<ChannelList>, now: Date): void {
    if (answer.kind === 'ok') kept.channels = answer.value.channels.length;
    else if (answer.kind === 'limited') kept.until = now.getTime() + answer.afterSeconds * 1_000;
    else this.forget(key, kept);
    let total = 0;
    for (const { channels } of this.lists.values()) total += channels + 1;
    // The oldest first: a Map gives them in the order in which they came.
    for (const [oldest, { channels }] of this.lists) {
      if (total <= mostChannels) break;
      this.lists.delete(oldest);
      total -= channels + 1;
    }
  }

  private forget(key: string, kept: Kept): void {
    if (this.lists.get(key) === kept) this.lists.delete(key);
  }
}

function secondsTo(time: number, now: Date): number {
  return Math.max(1, Math.ceil((time - now.getTime()) / 1_000));
}
