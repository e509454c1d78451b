import type { Destination } from '../../destinations/destination.js';

const kinds: Readonly<Record<string, string>> = {
  email: 'Email',
  slack: 'Slack',
  webhook: 'Webhook',
  teams: 'Teams',
};

/** "Email to ada@example.org", "Slack: #legal": a destination in a few words, its owner's where there are any. */
export function destinationWords({ kind, label, settings }: Destination): string {
  const name = kinds[kind] ?? kind;
  if (label !== null) return `${name}: ${label}`;
  const { address, channel, channelName, url } = settings;
  if (typeof address === 'string') return `${name} to ${address}`;
  const place = [channelName, channel].find((one) => typeof one === 'string');
  if (place !== undefined) return `${name}: ${place}`;
  return typeof url === 'string' ? `${name} to ${hostOf(url)}` : name;
}

/** Whether it works, in a word; empty when it does. */
export function standingWords({ status }: Destination): string {
  if (status === 'active') return '';
  return status === 'pending' ? 'waits to be confirmed' : status;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
