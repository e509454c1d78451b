import type { ComponentChildren } from 'preact';
import type { ArchiveService } from '../../archive/archive.service.js';
import { partWords } from '../../domain/wording.js';
import { tierThatAllows, type LockablePart } from '../../domain/tiers.js';
import type { Visit } from '../frame/visit.js';
import { OutsideLink } from '../parts/outside-link.js';
import { Name, Prose } from '../parts/words.js';

/** Where on a page each part stands. */
const placeOf: Readonly<Record<LockablePart, string>> = {
  regulatoryCitations: 'regulation',
  complianceMemo: 'memo',
};

type Provision = NonNullable<Awaited<ReturnType<ArchiveService['provision']>>>;
type Analysis = NonNullable<Provision['analysis']>;

type PassageProps = { id: string; title: string; text: string | undefined };

/** A passage of the analysis; nothing where the archive said nothing. */
export function Passage({ id, title, text }: PassageProps) {
  if (text === undefined || text.trim() === '') return null;
  return (
    <section id={id}>
      <h2>{title}</h2>
      <Prose text={text} />
    </section>
  );
}

/** Regulation, agencies and the memo: what the tier does not hold is named, with what unlocks it. */
export function Regulation({
  visit,
  analysis,
  locked,
}: {
  visit: Visit;
  analysis: Analysis | null;
  locked: readonly LockablePart[];
}) {
  const { regulatoryCitations = [], agencies = [], complianceMemo } = analysis ?? {};
  return (
    <>
      <Part visit={visit} part="regulatoryCitations" isLocked={locked.includes('regulatoryCitations')}>
        {regulatoryCitations.length > 0 && (
          <ul class="plain">
            {regulatoryCitations.map(({ citation, note }, index) => (
              <li key={index}>
                <Name text={citation} />
                {note !== undefined && (
                  <span class="aside">
                    {' '}
                    <Name text={note} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {agencies.length > 0 && (
        <section id="agencies">
          <h2>Who oversees it</h2>
          <ul class="plain">
            {agencies.map((agency, index) => (
              <Agency key={index} {...agency} />
            ))}
          </ul>
        </section>
      )}
      <Part visit={visit} part="complianceMemo" isLocked={locked.includes('complianceMemo')}>
        {complianceMemo !== undefined && complianceMemo.trim() !== '' && <Prose text={complianceMemo} />}
      </Part>
    </>
  );
}

function Agency({ code, name, note, complaintUrl }: NonNullable<Analysis['agencies']>[number]) {
  return (
    <li>
      <strong>
        <Name text={name ?? code} />
      </strong>
      {name !== undefined && name !== code && (
        <>
          {' '}
          (<Name text={code} />)
        </>
      )}
      {note !== undefined && (
        <>
          {': '}
          <Name text={note} />
        </>
      )}
      {complaintUrl !== undefined && (
        <>
          {' '}
          <OutsideLink url={complaintUrl}>File a complaint</OutsideLink>
        </>
      )}
    </li>
  );
}

type PartProps = { visit: Visit; part: LockablePart; isLocked: boolean; children: ComponentChildren };

function Part({ visit, part, isLocked, children }: PartProps) {
  if (!isLocked && children === false) return null;
  const tier = tierThatAllows((terms) => !terms.locked.includes(part));
  return (
    <section id={placeOf[part]}>
      <h2>{partWords[part]}</h2>
      {isLocked ? (
        <p class="locked">
          <strong>Locked.</strong> The archive has this on record
          {tier === null ? '.' : `; the ${tier} tier shows it. `}
          {tier !== null && <Plans visit={visit} />}
        </p>
      ) : (
        children
      )}
    </section>
  );
}

/** Where the tiers are told apart: beside a member's own, or on the landing page. */
function Plans({ visit: { site, reader } }: { visit: Visit }) {
  const path = reader.kind === 'member' ? '/settings/plan' : '/#plans';
  return <a href={site.base + path}>{reader.kind === 'member' ? 'Your plan' : 'What each plan holds'}</a>;
}
