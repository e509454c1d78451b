import type { ComponentChildren } from 'preact';
import type { ArchiveService } from '../../archive/archive.service.js';
import { partWords } from '../../domain/wording.js';
import { tierThatAllows, type LockablePart } from '../../domain/tiers.js';
import { OutsideLink } from '../parts/outside-link.js';
import { Name, Prose } from '../parts/words.js';

type Provision = NonNullable<Awaited<ReturnType<ArchiveService['provision']>>>;
type Analysis = NonNullable<Provision['analysis']>;

/** A passage of the analysis; nothing where the archive said nothing. */
export function Passage({ title, text }: { title: string; text: string | undefined }) {
  if (text === undefined || text.trim() === '') return null;
  return (
    <section>
      <h2>{title}</h2>
      <Prose text={text} />
    </section>
  );
}

/** Regulation, agencies and the memo: what the tier does not hold is named, with what unlocks it. */
export function Regulation({
  analysis,
  locked,
}: {
  analysis: Analysis | null;
  locked: readonly LockablePart[];
}) {
  const { regulatoryCitations = [], agencies = [], complianceMemo } = analysis ?? {};
  return (
    <>
      <Part
        title={partWords.regulatoryCitations}
        isLocked={locked.includes('regulatoryCitations')}
        part="regulatoryCitations"
      >
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
        <section>
          <h2>Who oversees it</h2>
          <ul class="plain">
            {agencies.map((agency, index) => (
              <Agency key={index} {...agency} />
            ))}
          </ul>
        </section>
      )}
      <Part
        title={partWords.complianceMemo}
        isLocked={locked.includes('complianceMemo')}
        part="complianceMemo"
      >
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

type PartProps = { title: string; part: LockablePart; isLocked: boolean; children: ComponentChildren };

function Part({ title, part, isLocked, children }: PartProps) {
  if (!isLocked && children === false) return null;
  const tier = tierThatAllows((terms) => !terms.locked.includes(part));
  return (
    <section>
      <h2>{title}</h2>
      {isLocked ? (
        <p class="locked">
          <strong>Locked.</strong> The archive has this on record
          {tier === null ? '.' : `; the ${tier} tier shows it.`}
        </p>
      ) : (
        children
      )}
    </section>
  );
}
