import { capitalised } from './sentence.js';

/** "Email", "Webhook": what people call a channel. Its kind is its name, so that a new one needs no list. */
export function channelName(kind: string): string {
  return capitalised(kind);
}
