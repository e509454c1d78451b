import type { Capture } from '../../domain/provision-event.js';
import { CopyButton } from './copy-button.js';
import { OutsideLink, SpelledOutLink } from './outside-link.js';
import { Moment, Name, nameOf } from './words.js';

type EvidenceParts = {
  capture: { before: Capture | null; after: Capture | null };
  /** The provision's own page in the archive. */
  record: { id: string; url: string | null };
  citation: string;
};

/** What the archive captured, where and when, and the line to cite it by. */
export function Evidence({ capture, record, citation }: EvidenceParts) {
  const { before, after } = capture;
  return (
    <>
      {before === null && after === null && (
        <p class="aside">The archive gave no capture with this change.</p>
      )}
      <div class="captures">
        {before !== null && <CaptureDetails side="Before" capture={before} />}
        {after !== null && <CaptureDetails side="After" capture={after} />}
      </div>
      <dl class="facts">
        <dt>Record</dt>
        <dd>
          <OutsideLink url={record.url}>
            <Name text={record.id} />
          </OutsideLink>
        </dd>
        <dt>Cite as</dt>
        <dd>
          <code class="citation" dir="auto">
            {nameOf(citation)}
          </code>{' '}
          <CopyButton text={nameOf(citation)} label="Copy" />
        </dd>
      </dl>
    </>
  );
}

function CaptureDetails({ side, capture }: { side: string; capture: Capture }) {
  const { capturedAt, sourceUrl, archiveUrl, sha256 } = capture;
  return (
    <section class="capture" aria-label={`Capture ${side.toLowerCase()} the change`}>
      <p class="side">{side}</p>
      <dl class="facts">
        <dt>Captured</dt>
        <dd>
          <Moment at={capturedAt} />
        </dd>
        {sourceUrl !== undefined && <dt>Source</dt>}
        {sourceUrl !== undefined && (
          <dd>
            <SpelledOutLink url={sourceUrl} />
          </dd>
        )}
        {archiveUrl !== undefined && <dt>Archived copy</dt>}
        {archiveUrl !== undefined && (
          <dd>
            <SpelledOutLink url={archiveUrl} />
          </dd>
        )}
        {sha256 !== undefined && <dt>SHA-256</dt>}
        {sha256 !== undefined && (
          <dd>
            <code class="hash">{sha256.toLowerCase()}</code>{' '}
            <CopyButton text={sha256.toLowerCase()} label="Copy" />
          </dd>
        )}
      </dl>
    </section>
  );
}
