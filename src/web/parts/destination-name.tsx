import { Name } from './words.js';

type Place = { kind: string; label: string | null; settings: Readonly<Record<string, unknown>> };

const kindNames: Readonly<Record<string, string>> = {
  email: 'Email',
  slack: 'Slack',
  teams: 'Teams',
  webhook: 'Webhook',
};

/** "Email": what a channel is called. */
export function kindName(kind: string): string {
  return kindNames[kind] ?? kind;
}

/** What its owner calls a destination, or else where it is, as far as that is no secret. */
export function placeWords({ kind, label, settings: { address, url, channelName } }: Place): string {
  if (label !== null && label !== '') return label;
  if (typeof address === 'string') return address;
  if (typeof url === 'string') return url;
  if (typeof channelName === 'string') return `#${channelName.replace(/^#/, '')}`;
  return kindName(kind);
}

/** "Email, kim@example.org" */
export function DestinationName({ place }: { place: Place }) {
  const words = placeWords(place);
  const kind = kindName(place.kind);
  return (
    <>
      {words !== kind && `${kind}, `}
      <Name text={words} />
    </>
  );
}
