import { channelName } from '../../domain/channel-name.js';
import { Name, nameOf } from './words.js';

type Place = { kind: string; label: string | null; settings: Readonly<Record<string, unknown>> };

/** Where it is, as far as that is no secret: "kim@example.org", "https://example.org/hook", "#policy". */
export function placeOf({ kind, settings }: Pick<Place, 'kind' | 'settings'>): string {
  const { address, url, channelName: named, channel } = settings;
  if (typeof address === 'string') return address;
  if (typeof url === 'string') return url;
  if (typeof named === 'string') return `#${named.replace(/^#/, '')}`;
  if (typeof channel === 'string') return channel;
  // Slack and Teams give addresses to post to, which are secrets.
  return `${channelName(kind)} webhook`;
}

/** What its owner calls it, or else where it is. */
export function titleOf(place: Place): string {
  return place.label === null || place.label === '' ? placeOf(place) : place.label;
}

/** "Email: kim@example.org", where there is no markup; a title that says the channel itself stands alone. */
export function destinationWords(place: Place): string {
  return channelBefore(place) + nameOf(titleOf(place));
}

/** "Email: kim@example.org" */
export function DestinationName({ place }: { place: Place }) {
  return (
    <>
      {channelBefore(place)}
      <Name text={titleOf(place)} />
    </>
  );
}

/** What keeps a destination from work, as it goes on after its name. */
export const idleWords = {
  pending: 'waits to be confirmed',
  paused: 'is paused',
  disabled: 'was disabled',
} as const;

function channelBefore(place: Place): string {
  const channel = channelName(place.kind);
  return titleOf(place).startsWith(channel) ? '' : `${channel}: `;
}
