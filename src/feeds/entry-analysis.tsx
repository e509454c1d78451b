import type { ChangeContent } from '../domain/alert-content.js';
import type { Analysis } from '../domain/provision-event.js';
import { shownLine, shownProse } from '../domain/shown-text.js';
import { tierThatAllows, type LockablePart } from '../domain/tiers.js';
import { partWords } from '../domain/wording.js';
import { Lines } from './entry-diff.js';
import { linkAddress } from './outside-link.js';

/** In characters. The alert in the inbox has it all. */
const longest = { prose: 1_200, memo: 2_400, note: 200 };
const mostCitations = 10;
const mostAgencies = 5;

type Held = Pick<ChangeContent, 'analysis' | 'locked'>;

/** Why a change matters, as far as the tier holds it; what it does not hold is named. */
export function EntryAnalysis({ analysis, locked }: Held) {
  const { summary, consumerImpact, businessImpact, complianceMemo } = analysis ?? {};
  const why = [summary, consumerImpact, businessImpact].some((text) => text?.trim());
  return (
    <>
      {why && <h3>Why it matters</h3>}
      <Passage text={summary} />
      <Passage label="For consumers" text={consumerImpact} />
      <Passage label="For businesses" text={businessImpact} />
      <Citations citations={analysis?.regulatoryCitations ?? []} />
      {complianceMemo?.trim() && <h3>Compliance memo</h3>}
      <Passage text={complianceMemo} length={longest.memo} />
      <Agencies agencies={analysis?.agencies ?? []} />
      {locked.map((part) => (
        <p key={part}>
          <strong>Locked.</strong> {lockedWords(part)}
        </p>
      ))}
    </>
  );
}

type PassageParts = { label?: string; text: string | undefined; length?: number };

function Passage({ label, text, length = longest.prose }: PassageParts) {
  if (!text?.trim()) return null;
  return (
    <p dir="auto">
      {label !== undefined && <strong>{label}: </strong>}
      <Lines text={shownProse(text, length)} />
    </p>
  );
}

function Citations({ citations }: { citations: NonNullable<Analysis['regulatoryCitations']> }) {
  if (citations.length === 0) return null;
  return (
    <>
      <h3>Regulation it touches</h3>
      <ul>
        {citations.slice(0, mostCitations).map(({ citation, note }, index) => (
          <li key={index}>
            {shownLine(citation, longest.note)}
            {note !== undefined && `: ${shownLine(note, longest.note)}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Agencies({ agencies }: { agencies: NonNullable<Analysis['agencies']> }) {
  if (agencies.length === 0) return null;
  return (
    <>
      <h3>Who oversees it</h3>
      <ul>
        {agencies.slice(0, mostAgencies).map(({ code, name, note, complaintUrl }, index) => (
          <li key={index}>
            <strong>{shownLine(name ?? code, longest.note)}</strong>
            {note !== undefined && `: ${shownLine(note, longest.note)}`}
            <Complaint url={complaintUrl} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Complaint({ url }: { url: string | undefined }) {
  const href = linkAddress(url);
  if (href === null) return null;
  return (
    <>
      {' '}
      <a href={href}>File a complaint</a>
    </>
  );
}

/** "Compliance memo: in the professional tier" */
function lockedWords(part: LockablePart): string {
  const tier = tierThatAllows((terms) => !terms.locked.includes(part));
  return tier === null ? partWords[part] : `${partWords[part]}: in the ${tier} tier`;
}
