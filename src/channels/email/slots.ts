import { createHash } from 'node:crypto';
import type { Content } from '../../domain/content.js';

/** The places of a mail that differ from recipient to recipient. */
export const slotNames = ['alertUrl', 'confirmUrl', 'reason'] as const;
export type SlotName = (typeof slotNames)[number];

/** Markup or text cut at its slots: `slots[n]` stands between `pieces[n]` and `pieces[n + 1]`. */
export type Slotted = { readonly pieces: readonly string[]; readonly slots: readonly SlotName[] };

export type Slots = Readonly<Record<SlotName, string>>;

/**
 * Words that stand for the slots while a mail is rendered. They hold a hash of the whole content, so no text inside the
 * content can name one (it would have to contain its own hash), and yet the same content renders the same mail.
 */
export function slotWords(content: Content): Slots {
  const key = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 40);
  return { alertUrl: `slot${key}a`, confirmUrl: `slot${key}c`, reason: `slot${key}r` };
}

/** Cuts a rendered mail at its slots once, so that filling it in is a mere join. */
export function cutAtSlots(rendered: string, words: Slots): Slotted {
  const names = new Map(slotNames.map((name) => [words[name], name]));
  const pieces: string[] = [];
  const slots: SlotName[] = [];
  // A capturing group keeps the words that were split at, in between.
  for (const part of rendered.split(new RegExp(`(${[...names.keys()].join('|')})`))) {
    const name = names.get(part);
    if (name === undefined) pieces.push(part);
    else slots.push(name);
  }
  return { pieces, slots };
}
