import type { DigestContent } from '../../domain/digest-content.js';
import { changesOf } from '../../domain/digest-words.js';
import { headline } from '../../domain/gravity.js';
import { shownLine } from '../../domain/shown-text.js';
import { plural } from '../../domain/wording.js';

const mostNamed = 2;

/** "7 changes in your daily digest", "5 changes held over quiet hours", "Nothing changed". */
export function digestTitle({ total, occasion, echoes, cancelledOut }: DigestContent): string {
  const held = 'held over quiet hours';
  if (total > 0) {
    const changes = plural(total, 'change', 'changes');
    return occasion === 'quiet-hours' ? `${changes} ${held}` : `${changes} in your ${occasion} digest`;
  }
  if (echoes.length === 0) return cancelledOut === 0 ? 'Nothing changed' : 'Nothing changed on balance';
  return plural(echoes.length, 'earlier change no longer holds', 'earlier changes no longer hold');
}

/** `[High ▲] 7 changes in your daily digest: Amazon, Stripe +2`; the rating is the gravest on balance. */
export function digestSubject(content: DigestContent): string {
  const title = digestTitle(content);
  const { entities, occasion } = content;
  const deltas = changesOf(content).map(({ delta }) => delta);
  if (deltas.length === 0)
    return `${title}: ${occasion === 'quiet-hours' ? 'quiet hours' : `your ${occasion} digest`}`;
  const names = entities.slice(0, mostNamed).map(({ name }) => shownLine(name, 60));
  const rest = entities.length - names.length;
  return `[${headline(deltas).label}] ${title}: ${names.join(', ')}${rest > 0 ? ` +${rest}` : ''}`;
}
