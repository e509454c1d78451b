import type { ArchiveService } from '../../archive/archive.service.js';
import type { DocumentView } from './document-page.js';
import type { Place } from './on-this-page.js';

export type ProvisionView = NonNullable<Awaited<ReturnType<ArchiveService['provision']>>>;

type OfDocument = { provision: ProvisionView; document: DocumentView };

/** What the page has of a clause, in its order. Each passage of the analysis has one way for all. */
export function placesOf({ provision, document }: OfDocument): Place[] {
  const { analysis, locked } = provision;
  const passages = [
    { id: 'summary', text: analysis?.summary },
    { id: 'impact', text: analysis?.consumerImpact },
    { id: 'matters', text: analysis?.businessImpact },
  ];
  const meaning = passages.find(({ text }) => text !== undefined && text.trim() !== '');
  const has = { citations: analysis?.regulatoryCitations?.length, memo: analysis?.complianceMemo };
  const places = [
    meaning && { id: meaning.id, words: 'What it means' },
    { id: 'words', words: 'The words' },
    { id: 'others', words: 'Other platforms' },
    (has.citations || locked.includes('regulatoryCitations')) && { id: 'regulation', words: 'Regulation' },
    analysis?.agencies?.length && { id: 'agencies', words: 'Complaints' },
    (has.memo?.trim() || locked.includes('complianceMemo')) && { id: 'memo', words: 'Compliance memo' },
    { id: 'history', words: 'History' },
    { id: 'changes', words: 'Every change' },
    { id: 'evidence', words: 'Evidence' },
    { id: 'share', words: 'Share' },
    othersOf({ provision, document }).length > 0 && { id: 'beside', words: 'Other clauses' },
  ];
  return places.filter((place) => typeof place === 'object');
}

/** The document's other clauses in force. */
export function othersOf({ provision, document }: OfDocument) {
  return document.provisions.filter(({ id, severity }) => id !== provision.id && severity !== null);
}
