import { agoWords, localMomentWords } from '../../domain/local-words.js';

type MomentProps = {
  /** RFC 3339, or an instant. */
  at: string | Date;
  /** The reader's IANA zone. */
  zone: string;
  /** Whether the zone stands beside it; where many times stand together it is named once. */
  named?: boolean;
};

/** "4 May 2026, 11:00 (Europe/Berlin)": on the reader's wall clock. */
export function LocalMoment({ at, zone, named = false }: MomentProps) {
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={zone}>
      {localMomentWords(instant, zone)}
      {named && ` (${zone})`}
    </time>
  );
}

type AgoProps = {
  /** RFC 3339, or an instant. */
  at: string | Date;
  /** RFC 3339 */
  now: string;
  /** The reader's IANA zone. */
  zone: string;
};

/** "3 h ago"; the moment itself shows when pointed at. */
export function Ago({ at, now, zone }: AgoProps) {
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={`${localMomentWords(instant, zone)} (${zone})`}>
      {agoWords(instant, now)}
    </time>
  );
}
