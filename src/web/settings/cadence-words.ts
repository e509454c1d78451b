import type { Cadence } from '../../domain/cadence.js';

/** "every Monday at 08:00" */
export function cadenceWords(cadence: Cadence): string {
  switch (cadence.mode) {
    case 'instant':
      return 'at once';
    case 'hourly':
      return 'every hour';
    case 'daily':
      return `every day at ${cadence.at}`;
    case 'weekly':
      return `every ${cadence.on.charAt(0).toUpperCase()}${cadence.on.slice(1)} at ${cadence.at}`;
    default:
      return cadence satisfies never;
  }
}
