import { localMomentWords } from '../../domain/local-words.js';

type Props = {
  /** RFC 3339, or an instant. */
  at: string | Date;
  /** The reader's IANA zone. */
  zone: string;
  /** Whether the zone stands beside it; where many times stand together it is named once. */
  named?: boolean;
};

/** "4 May 2026, 11:00 (Europe/Berlin)": on the reader's wall clock. */
export function LocalTime({ at, zone, named = false }: Props) {
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={zone}>
      {localMomentWords(instant, zone)}
      {named && ` (${zone})`}
    </time>
  );
}
