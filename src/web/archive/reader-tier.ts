import type { Tier } from '../../domain/tiers.js';
import type { Reader } from '../frame/visit.js';

/** Whose share of an analysis a reader sees: visitors what the free tier holds, the operator (null) all. */
export function tierOf(reader: Reader): Tier | null {
  if (reader.kind === 'operator') return null;
  return reader.kind === 'member' ? reader.tier : 'free';
}
