import { channelName } from './channel-name.js';

/** "Email": a lane is called as its channel is. */
export function laneName(lane: string): string {
  return channelName(lane);
}

/** "14 min", "3 h 5 min", "2 days" */
export function lengthWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.floor(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** "12,345" */
export function number(count: number): string {
  return count.toLocaleString('en-US');
}
