import { ChangeKind } from '../../domain/delta.js';
import { FollowKind } from '../../domain/follow.js';
import type { Tier } from '../../domain/tiers.js';
import { tiers } from '../../domain/tiers.js';
import { validate } from '../../platform/http/validation.js';
import type { FollowTarget } from '../../watchlists/follow.js';
import { NewWatchlist, type Watchlist } from '../../watchlists/watchlist.js';
import { textOf, textsOf, type Fields } from '../form/fields.js';

/** A watchlist as it stands in its form: whatever was typed, right or not. */
export type Draft = {
  name: string;
  direction: string;
  minSeverity: string;
  minChange: string;
  kinds: readonly string[];
  keywords: string;
  mode: string;
  on: string;
  at: string;
  heartbeat: boolean;
  confirmAfter: string;
  destinationIds: readonly string[];
  /** `kind:key` of what a watchlist is to follow that is not saved yet. */
  follows: readonly string[];
  /** How far back it is tried. */
  days: string;
};

/** How far back a watchlist can be tried: days. */
export const trialDays = ['30', '90', '365'] as const;

/** Whether a form is tried: over the days chosen in it, or over those that its button names, such as `try-365`. */
export function isTrial(fields: Fields): boolean {
  return trialIn(fields) !== null;
}

function trialIn(fields: Fields): { days: string } | null {
  const [wanted, days = textOf(fields, 'days')] = textOf(fields, 'do').split('-');
  return wanted === 'try' ? { days } : null;
}

const time = '08:00';

/** What a new watchlist begins with. */
export function newDraft(tier: Tier, destinationIds: readonly string[]): Draft {
  return {
    name: '',
    direction: 'any',
    minSeverity: 'low',
    minChange: '0',
    kinds: ChangeKind.options.filter((kind) => kind !== 'cosmetic'),
    keywords: '',
    mode: tiers[tier].cadences[0] ?? 'weekly',
    on: 'monday',
    at: time,
    heartbeat: false,
    confirmAfter: '',
    destinationIds,
    follows: [],
    days: '90',
  };
}

export function draftOf({ name, rule, cadence, confirmAfter, destinationIds }: Watchlist): Draft {
  return {
    name,
    direction: rule.direction,
    minSeverity: rule.minSeverity,
    minChange: String(rule.minChange),
    kinds: rule.kinds,
    keywords: rule.keywords ?? '',
    mode: cadence.mode,
    on: cadence.mode === 'weekly' ? cadence.on : 'monday',
    at: 'at' in cadence ? cadence.at : time,
    heartbeat: 'heartbeat' in cadence && cadence.heartbeat === true,
    confirmAfter: confirmAfter === null ? '' : String(confirmAfter),
    destinationIds,
    follows: [],
    days: '90',
  };
}

export function draftIn(fields: Fields): Draft {
  const days = trialIn(fields)?.days ?? textOf(fields, 'days');
  return {
    name: textOf(fields, 'name'),
    direction: textOf(fields, 'direction'),
    minSeverity: textOf(fields, 'minSeverity'),
    minChange: textOf(fields, 'minChange'),
    kinds: textsOf(fields, 'kinds'),
    keywords: textOf(fields, 'keywords'),
    mode: textOf(fields, 'mode'),
    on: textOf(fields, 'on'),
    at: textOf(fields, 'at'),
    heartbeat: textOf(fields, 'heartbeat') !== '',
    confirmAfter: textOf(fields, 'confirmAfter').trim(),
    destinationIds: textsOf(fields, 'destinationIds'),
    follows: [...new Set(textsOf(fields, 'follow'))],
    days: (trialDays as readonly string[]).includes(days) ? days : '90',
  };
}

/** @throws Problem 422 naming every field that is not right */
export function watchlistIn(draft: Draft) {
  const given = validate(NewWatchlist, {
    name: draft.name,
    rule: {
      minSeverity: draft.minSeverity,
      direction: draft.direction,
      minChange: Number(draft.minChange),
      kinds: draft.kinds,
      keywords: draft.keywords.trim() === '' ? null : draft.keywords,
    },
    cadence: cadenceIn(draft),
    confirmAfter: draft.confirmAfter === '' ? null : Number(draft.confirmAfter),
    destinationIds: draft.destinationIds,
  });
  const { name, rule, cadence, confirmAfter, destinationIds } = given;
  if (!cadence || confirmAfter === undefined || !destinationIds)
    throw new Error('a field of the form was lost');
  return { name, rule, cadence, confirmAfter, destinationIds };
}

function cadenceIn({ mode, on, at, heartbeat }: Draft): unknown {
  const beat = heartbeat ? { heartbeat } : {};
  if (mode === 'hourly') return { mode, ...beat };
  if (mode === 'daily') return { mode, at, ...beat };
  if (mode === 'weekly') return { mode, on, at, ...beat };
  return { mode };
}

/** The form's field for a path of the request. */
export function fieldOf(path: string): string {
  const field = path.replace(/^(rule|cadence)\./, '').replace(/\[\d+\]$/, '');
  return field === 'cadence' ? 'mode' : field;
}

/** Labels of the form's fields, for the list of faults. */
export const fieldLabels: Readonly<Record<string, string>> = {
  name: 'Name',
  direction: 'What severity does',
  minSeverity: 'Rated at least',
  minChange: 'How far it moves',
  kinds: 'What counts',
  keywords: 'Words',
  mode: 'How often',
  on: 'Weekday',
  at: 'Time',
  confirmAfter: 'Hours to wait',
  destinationIds: 'Where to',
};

export function followText({ kind, key }: FollowTarget): string {
  return `${kind}:${key}`;
}

/** Reads what `followText` wrote; null for what it never wrote. */
export function splitFollow(text: string): { kind: string; key: string } | null {
  const at = text.indexOf(':');
  if (at < 0) return null;
  const kind = text.slice(0, at);
  return FollowKind.safeParse(kind).success ? { kind, key: text.slice(at + 1) } : null;
}
