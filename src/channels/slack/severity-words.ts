import type { ChangeKind, SeverityDelta } from '../../domain/delta.js';
import { directionMarks } from '../../domain/gravity.js';
import { severityWord } from '../../domain/wording.js';

const kinds: Record<ChangeKind, string> = {
  introduced: 'introduced',
  withdrawn: 'withdrawn',
  escalated: 'escalated',
  eased: 'eased',
  reworded: 'reworded',
  cosmetic: 'cosmetic, the same words',
};

const directions = { rise: 'severity rises', fall: 'severity falls', same: 'severity unchanged' } as const;

/** `▲ Medium → High`: the arrow is for the eye, the words carry the same. */
export function severityStep({ before, after, direction }: SeverityDelta): string {
  return `${directionMarks[direction]} ${severityWord(before)} → ${severityWord(after)}`;
}

/** `escalated, severity rises` */
export function changeInWords({ kind, direction }: SeverityDelta): string {
  return `${kinds[kind]}, ${directions[direction]}`;
}
