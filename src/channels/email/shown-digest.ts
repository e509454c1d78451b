import type { DigestContent, DigestEcho, DigestEntity } from '../../domain/digest-content.js';
import { cancelledOutWords, changesOf, coverageWords, digestEchoWords } from '../../domain/digest-words.js';
import { byGravity, headline } from '../../domain/gravity.js';
import { localMomentWords, windowWords } from '../../domain/local-words.js';
import { capitalised } from '../../domain/sentence.js';
import { cut, shownLine } from '../../domain/shown-text.js';
import { exposureWords, movement, plural } from '../../domain/wording.js';
import { digestTitle } from './digest-title.js';
import { tally } from './shown-alert.js';
import { lockedWords, webUrl } from './shown-change.js';
import { shownNetChange } from './shown-net-change.js';

const mostEntitiesListed = 12;
const mostEchoes = 15;

/** A digest as a mail says it, in HTML and in plain text alike. */
export type ShownDigest = ReturnType<typeof shownDigest>;

/** @param mostInFull of its changes the gravest ones, in the order in which they stand; the rest is counted */
export function shownDigest(content: DigestContent, mostInFull: number) {
  const changes = changesOf(content);
  const deltas = changes.map(({ delta }) => delta);
  const top = deltas.length === 0 ? null : headline(deltas);
  const told = new Set(changes.toSorted((a, b) => byGravity(a.delta, b.delta)).slice(0, mostInFull));
  return {
    archiveName: shownLine(content.archiveName, 100),
    title: digestTitle(content),
    /** `Daily digest` */
    tag: capitalised(content.occasion === 'quiet-hours' ? 'quiet hours' : `${content.occasion} digest`),
    window: windowWords(content.from, content.until, content.timeZone),
    top: top === null ? null : { severity: top.severity, rating: top.label, tally: tallyWords(content) },
    overview: overview(content),
    entities: content.entities.flatMap((entity) => shownEntity(entity, (change) => told.has(change))),
    rest: Math.max(0, content.total - told.size),
    cancelledOut: cancelledOutWords(content) || null,
    echoes: content.echoes.slice(0, mostEchoes).map((echo) => shownEcho(echo, content.timeZone)),
    moreEchoes: Math.max(0, content.echoes.length - mostEchoes),
    heartbeat: heartbeatWords(content),
    locked: [...new Set(changes.flatMap(({ locked }) => locked))].map(lockedWords),
    url: content.url,
    preheader: preheader(content),
  };
}

type NetChange = DigestEntity['documents'][number]['changes'][number];

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
    {
      name: shownLine(name, 120),
      exposure: `Exposure of all its documents ${exposureWords(exposure)}`,
      documents: shown,
    },
  ];
}

/** One line an entity; none when there is but one, which is told at once. Counts only where all of them are known. */
function overview({ entities, omitted }: DigestContent): string[] {
  if (entities.length < 2) return [];
  const lines = entities.slice(0, mostEntitiesListed).map(({ name, documents, exposure }) => {
    const count = documents.reduce((sum, { changes }) => sum + changes.length, 0);
    const counted = omitted > 0 ? '' : `${plural(count, 'change', 'changes')}, `;
    return `${shownLine(name, 80)}: ${counted}exposure ${exposureWords(exposure)}`;
  });
  const rest = entities.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

function tallyWords(content: DigestContent): string {
  const changes = changesOf(content);
  const words = tally(changes.map(({ delta }) => delta));
  return content.omitted > 0 ? `of the gravest ${changes.length}: ${words}` : words;
}

function shownEcho(echo: DigestEcho, timeZone: string) {
  return {
    words: capitalised(digestEchoWords(echo)),
    at: localMomentWords(echo.at, timeZone),
    name: `${shownLine(echo.entity, 80)}: ${shownLine(echo.document, 120)}: ${shownLine(echo.provision, 160)}`,
    told: movement(echo.delta),
    url: echo.alertUrl,
  };
}

/** What was looked at, so that silence can be trusted; said when there is nothing else to say. */
function heartbeatWords(content: DigestContent): string | null {
  if (content.total > 0) return null;
  const nothing = content.echoes.length > 0 ? 'Nothing else changed. ' : '';
  return `${nothing}${coverageWords(content)}`.trim() || null;
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
  return shownLine([...told, ...more].join('; ') || (heartbeatWords(content) ?? digestTitle(content)), 240);
}
