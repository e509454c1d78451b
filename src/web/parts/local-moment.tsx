import { agoWords, localMomentWords } from '../../domain/local-words.js';

/** "4 May 2026, 11:00" on the reader's wall clock. @param at RFC 3339 @param zone IANA name */
export function LocalMoment({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={zone}>
      {localMomentWords(at, zone)}
    </time>
  );
}

/** "3 h ago"; the moment itself shows when pointed at. @param now RFC 3339 */
export function Ago({ at, now, zone }: { at: string; now: string; zone: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={`${localMomentWords(at, zone)} (${zone})`}>
      {agoWords(at, now)}
    </time>
  );
}
