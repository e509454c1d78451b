import { partWords } from '../../domain/wording.js';
import type { Analysis as AnalysisParts } from '../../domain/provision-event.js';
import { tierThatAllows, type LockablePart } from '../../domain/tiers.js';
import { OutsideLink } from './outside-link.js';
import { Name, Prose } from './words.js';

type Held = { analysis: AnalysisParts | null; locked: readonly LockablePart[] };

/** Why a change matters, as far as the reader's tier holds it; what it does not hold is named. */
export function Analysis({ analysis, locked }: Held) {
  const { summary, consumerImpact, businessImpact, regulatoryCitations, complianceMemo, agencies } =
    analysis ?? {};
  return (
    <>
      <Passage title="Why it matters" text={summary} />
      <Passage title="For consumers" text={consumerImpact} />
      <Passage title="For businesses" text={businessImpact} />
      <Citations citations={regulatoryCitations ?? []} />
      <Passage title="Compliance memo" text={complianceMemo} />
      <Agencies agencies={agencies ?? []} />
      {locked.length > 0 && (
        <ul class="locked">
          {locked.map((part) => (
            <li key={part}>
              <strong>Locked:</strong> {lockedWords(part)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Passage({ title, text }: { title: string; text: string | undefined }) {
  if (text === undefined || text.trim() === '') return null;
  return (
    <section>
      <h3>{title}</h3>
      <Prose text={text} />
    </section>
  );
}

function Citations({ citations }: { citations: NonNullable<AnalysisParts['regulatoryCitations']> }) {
  if (citations.length === 0) return null;
  return (
    <section>
      <h3>Regulatory citations</h3>
      <ul>
        {citations.map(({ citation, note }, index) => (
          <li key={index}>
            <Name text={citation} />
            {note !== undefined && ': '}
            {note !== undefined && <Name text={note} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Agencies({ agencies }: { agencies: NonNullable<AnalysisParts['agencies']> }) {
  if (agencies.length === 0) return null;
  return (
    <section>
      <h3>Who oversees it</h3>
      <ul>
        {agencies.map(({ code, name, note, complaintUrl }, index) => (
          <li key={index}>
            <strong>
              <Name text={name ?? code} />
            </strong>
            {note !== undefined && ': '}
            {note !== undefined && <Name text={note} />}
            {complaintUrl !== undefined && ' '}
            {complaintUrl !== undefined && <OutsideLink url={complaintUrl}>File a complaint</OutsideLink>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "compliance memo, in the professional tier": what there is, and the lowest tier that shows it. */
function lockedWords(part: LockablePart): string {
  const tier = tierThatAllows((terms) => !terms.locked.includes(part));
  const words = partWords[part].toLowerCase();
  return tier === null ? words : `${words}, in the ${tier} tier`;
}
