import { render } from 'preact-render-to-string';
import type { AlertContent, ChangeContent } from '../domain/alert-content.js';
import { datesWords, flappingWords } from '../domain/change-words.js';
import { directionMarks } from '../domain/gravity.js';
import type { Capture } from '../domain/provision-event.js';
import { shownLine } from '../domain/shown-text.js';
import { webAddress } from '../domain/web-url.js';
import {
  directionWords,
  instantWords,
  kindWords,
  severityWord,
  standingSentence,
} from '../domain/wording.js';
import { EntryAnalysis } from './entry-analysis.js';
import { EntryDiff } from './entry-diff.js';
import { OutsideLink } from './outside-link.js';

const longestTitle = 200;
const longestCitation = 1_500;
const longestAddressWords = 90;

/**
 * A change as HTML for a feed reader, which drops styles, classes, scripts and whatever else it does not know: plain
 * elements that say all there is to say by themselves.
 *
 * @param undone a sentence that says that it no longer stands; null while it does
 */
export function entryHtml(
  { entity, document }: AlertContent,
  change: ChangeContent,
  undone: string | null,
): string {
  const { delta, provision } = change;
  const flapping = flappingWords(change.flapping);
  return render(
    <>
      {undone !== null && (
        <p>
          <strong>{undone}</strong>
        </p>
      )}
      <p>
        <Verdict change={change} />
      </p>
      {flapping !== '' && <p>{flapping}</p>}
      <p dir="auto">
        {shownLine(entity.name, longestTitle)} ·{' '}
        <OutsideLink url={document.url}>{shownLine(document.title, longestTitle)}</OutsideLink> ·{' '}
        <OutsideLink url={provision.url}>{shownLine(provision.title, longestTitle)}</OutsideLink>
      </p>
      <EntryDiff diff={change.text.diff} />
      <EntryAnalysis analysis={change.analysis} locked={change.locked} />
      {delta.after !== null && <h3>Compared with others</h3>}
      {delta.after !== null && <p>{standingSentence(change.standing)}</p>}
      <Provenance change={change} />
    </>,
  );
}

/** "Medium → High ▲ rose · Escalated · posted 4 May 2026, takes effect 1 June 2026: 28 days' notice" */
function Verdict({ change }: { change: ChangeContent }) {
  const { kind, before, after, direction } = change.delta;
  return (
    <>
      <strong>
        {before !== after && `${severityWord(before)} → `}
        {severityWord(after)}
      </strong>{' '}
      {directionMarks[direction]} {directionWords[direction]} · {kindWords[kind]}
      {change.effectiveAt !== null && ` · ${datesWords(change)}`}
    </>
  );
}

/** What the archive captured, where and when, and the line to cite it by. */
function Provenance({ change: { capture, citation, time } }: { change: ChangeContent }) {
  const { before, after } = capture;
  return (
    <>
      <h3>Provenance</h3>
      <ul>
        {before !== null && <CaptureItem side="Before" capture={before} />}
        {after !== null && <CaptureItem side="After" capture={after} />}
        <li>The archive saw the change on {instantWords(time)}.</li>
      </ul>
      <p dir="auto">
        <code>{shownLine(citation, longestCitation)}</code>
      </p>
    </>
  );
}

function CaptureItem({ side, capture }: { side: string; capture: Capture }) {
  const { capturedAt, sourceUrl, archiveUrl, sha256 } = capture;
  return (
    <li>
      {side}: captured {instantWords(capturedAt)}
      {sourceUrl !== undefined && ' from '}
      {sourceUrl !== undefined && <OutsideLink url={sourceUrl}>{addressWords(sourceUrl)}</OutsideLink>}
      {archiveUrl !== undefined && ', '}
      {archiveUrl !== undefined && <OutsideLink url={archiveUrl}>archived copy</OutsideLink>}
      {sha256 !== undefined && <br />}
      {sha256 !== undefined && `SHA-256 ${sha256.toLowerCase()}`}
    </li>
  );
}

/** Where a link leads, in words: the host in ASCII, so that letters which only look like others give themselves away. */
function addressWords(url: string): string {
  const address = webAddress(url);
  const words = address === null ? url : address.host + (address.pathname === '/' ? '' : address.pathname);
  return shownLine(words, longestAddressWords);
}
