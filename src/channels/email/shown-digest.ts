import type { DigestContent, DigestEcho, DigestEntity } from '../../domain/digest-content.js';
import { byGravity, headline } from '../../domain/gravity.js';
import { agoWords, localMomentWords, windowWords } from '../../domain/local-words.js';
import { cut, shownLine } from '../../domain/shown-text.js';
import { exposureWords, movement, plural } from '../../domain/wording.js';
import { digestTitle } from './digest-title.js';
import { tally } from './shown-alert.js';
import { lockedWords, webUrl } from './shown-change.js';
import { shownNetChange } from './shown-net-change.js';

const mostEntitiesListed = 12;
const mostEchoes = 15;

const echoWords = { reverted: 'Went back', retracted: 'Was wrong', corrected: 'Was corrected' } as const;

/** A digest as a mail says it, in HTML and in plain text alike. */
export type ShownDigest = ReturnType<typeof shownDigest>;

/** @param mostInFull of its changes the gravest ones, in the order in which they stand; the rest is counted */
export function shownDigest(content: DigestContent, mostInFull: number) {
  const changes = changesOf(content.entities);
  const deltas = changes.map(({ delta }) => delta);
  const top = deltas.length === 0 ? null : headline(deltas);
  const told = new Set(changes.toSorted((a, b) => byGravity(a.delta, b.delta)).slice(0, mostInFull));
  return {
    archiveName: shownLine(content.archiveName, 100),
    title: digestTitle(content),
    window: windowWords(content.from, content.until, content.timeZone),
    top: top === null ? null : { severity: top.severity, rating: top.label, tally: tallyWords(content) },
    overview: overview(content.entities),
    entities: content.entities.flatMap((entity) => shownEntity(entity, (change) => told.has(change))),
    rest: Math.max(0, content.total - told.size),
    cancelledOut: cancelledOutWords(content.cancelledOut),
    echoes: content.echoes.slice(0, mostEchoes).map((echo) => shownEcho(echo, content.timeZone)),
    moreEchoes: Math.max(0, content.echoes.length - mostEchoes),
    heartbeat: heartbeatWords(content),
    locked: [...new Set(changes.flatMap(({ locked }) => locked))].map(lockedWords),
    url: content.url,
    preheader: preheader(content),
  };
}

type NetChange = DigestEntity['documents'][number]['changes'][number];

function changesOf(entities: readonly DigestEntity[]): NetChange[] {
  return entities.flatMap(({ documents }) => documents.flatMap(({ changes }) => changes));
}

/** Leaves out what nothing is told of in full. */
function shownEntity({ name, exposure, documents }: DigestEntity, isTold: (change: NetChange) => boolean) {
  const shown = documents
    .map((document) => ({
      title: { words: shownLine(document.title, 160), url: webUrl(document.url) },
      exposure: `Exposure ${exposureWords(document.exposure)}`,
      changes: document.changes.filter(isTold).map(shownNetChange),
    }))
    .filter(({ changes }) => changes.length > 0);
  if (shown.length === 0) return [];
  return [
    { name: shownLine(name, 120), exposure: `Exposure in all ${exposureWords(exposure)}`, documents: shown },
  ];
}

/** One line an entity; none when there is but one, which is told at once. */
function overview(entities: readonly DigestEntity[]): string[] {
  if (entities.length < 2) return [];
  const lines = entities.slice(0, mostEntitiesListed).map((entity) => {
    const count = plural(changesOf([entity]).length, 'change', 'changes');
    return `${shownLine(entity.name, 80)}: ${count}, exposure ${exposureWords(entity.exposure)}`;
  });
  const rest = entities.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

function tallyWords({ entities, omitted }: DigestContent): string {
  const changes = changesOf(entities);
  const words = tally(changes.map(({ delta }) => delta));
  return omitted > 0 ? `of the gravest ${changes.length} ${words}` : words;
}

function cancelledOutWords(count: number): string | null {
  if (count === 0) return null;
  return `${plural(count, 'clause', 'clauses')} changed and ${count === 1 ? 'is' : 'are'} now as before.`;
}

function shownEcho(echo: DigestEcho, timeZone: string) {
  return {
    words: echoWords[echo.about],
    at: localMomentWords(echo.at, timeZone),
    name: `${shownLine(echo.entity, 80)}: ${shownLine(echo.document, 120)}: ${shownLine(echo.provision, 160)}`,
    told: movement(echo.delta),
    url: echo.alertUrl,
  };
}

/** What was looked at, so that silence can be trusted; said when there is nothing else to say. */
function heartbeatWords({ total, coverage, until, echoes, cancelledOut }: DigestContent): string | null {
  if (total > 0) return null;
  const nothing = echoes.length + cancelledOut > 0 ? 'Nothing else changed.' : 'Nothing changed.';
  if (coverage === null) return nothing;
  const documents = plural(coverage.documents, 'document', 'documents');
  if (coverage.lastVerified === null)
    return `${nothing} You follow ${documents}; the archive does not say when it last looked.`;
  return `${nothing} ${documents} checked, the newest capture ${agoWords(coverage.lastVerified, until)}.`;
}

function preheader(content: DigestContent): string {
  const told = content.entities
    .flatMap(({ name, documents }) =>
      documents.flatMap(({ changes }) => changes.map((change) => ({ name, change }))),
    )
    .slice(0, 3)
    .map(
      ({ name, change }) => `${cut(name, 40)}: ${cut(change.provision.title, 60)}: ${movement(change.delta)}`,
    );
  const rest = content.total - told.length;
  const more = told.length > 0 && rest > 0 ? [plural(rest, 'more change', 'more changes')] : [];
  return shownLine([...told, ...more].join('; ') || (heartbeatWords(content) ?? ''), 240);
}
