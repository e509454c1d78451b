import type { ChangeKind, SeverityDelta } from '../../domain/delta.js';
import { directionMarks } from '../../domain/gravity.js';
import type { Severity } from '../../domain/severity.js';

const names = { low: 'Low', medium: 'Medium', high: 'High' } as const;

const kinds: Record<ChangeKind, string> = {
  introduced: 'introduced',
  withdrawn: 'withdrawn',
  escalated: 'escalated',
  eased: 'eased',
  reworded: 'reworded',
  cosmetic: 'cosmetic, the same words',
};

const directions = { rise: 'severity rises', fall: 'severity falls', same: 'severity unchanged' } as const;

export function severityName(severity: Severity | null): string {
  return severity === null ? 'Not in force' : names[severity];
}

/** `▲ Medium → High`: the arrow is for the eye, the words carry the same. */
export function severityStep({ before, after, direction }: SeverityDelta): string {
  return `${directionMarks[direction]} ${severityName(before)} → ${severityName(after)}`;
}

/** `escalated, severity rises` */
export function changeInWords({ kind, direction }: SeverityDelta): string {
  return `${kinds[kind]}, ${directions[direction]}`;
}
