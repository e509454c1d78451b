import type { CoverageContent } from '../../domain/coverage-content.js';
import { coverageSentence } from '../../domain/coverage-words.js';
import { shownLine } from '../../domain/shown-text.js';
import { Anchor } from './change-html.js';
import { Block, Button, MailLayout, mjmlToHtml } from './mail-layout.js';
import { styles } from './mail-styles.js';
import { AboutTag } from './severity-html.js';
import { link, webUrl } from './shown-change.js';
import type { Slots } from './slots.js';
import { blocks, lines, ruleLine } from './text-parts.js';
import { wrapped } from './wrapped.js';

/** A followed document can't be seen any more, or can be again. */
export async function coverageMail(
  content: CoverageContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ subject: string; html: string; text: string }> {
  const view = shownCoverage(content);
  const html = await mjmlToHtml(
    MailLayout({
      title: view.title,
      preheader: view.lead,
      archiveName: shownLine(content.archiveName, 100),
      publicUrl,
      children: <Body view={view} />,
      footer: (
        <p class="muted" style={styles.small}>
          {slots.reason}
        </p>
      ),
    }),
  );
  return { subject: view.subject, html, text: plain(view, slots) };
}

type ShownCoverage = ReturnType<typeof shownCoverage>;

function shownCoverage(content: CoverageContent) {
  const { about, detail } = content;
  const entity = shownLine(content.entity.name, 120);
  const document = shownLine(content.document.title, 200);
  const url = webUrl(content.document.url);
  const isLost = about === 'lost';
  const tag = isLost ? 'Out of sight' : 'In sight again';
  // The same words behind the bracket: mail programs put both into one conversation.
  const subject = `${isLost ? '' : 'Re: '}[${tag}] ${shownLine(entity, 60)}: ${shownLine(document, 140)}`;
  return {
    subject,
    tag,
    title: isLost ? `${document} can't be seen any more` : `${document} can be seen again`,
    entity,
    place: url === null ? null : link(url),
    lead: coverageSentence(content),
    said: detail === null ? null : `The archive says: “${shownLine(detail, 300)}”`,
    url: content.url,
  };
}

function Body({ view }: { view: ShownCoverage }) {
  return (
    <Block padding="20px 28px 22px">
      <p style={styles.verdict}>
        <AboutTag words={view.tag} />
      </p>
      <h1 dir="auto" class="headline" style={styles.headline}>
        {view.title}
      </h1>
      <p dir="auto" class="muted" style={styles.kicker}>
        <strong class="ink" style={styles.entity}>
          {view.entity}
        </strong>
        {view.place !== null && ' · '}
        {view.place !== null && <Anchor {...view.place} quiet />}
      </p>
      <p style={styles.paragraph}>{view.lead}</p>
      {view.said !== null && (
        <p dir="auto" style={styles.paragraph}>
          {view.said}
        </p>
      )}
      <Button href={view.url}>Open the document</Button>
    </Block>
  );
}

function plain(view: ShownCoverage, slots: Slots): string {
  return blocks([
    `[${view.tag}]`,
    lines([wrapped(view.title), wrapped(view.entity), view.place?.url ?? false]),
    wrapped(view.lead),
    view.said !== null && wrapped(view.said),
    `Open the document:\n${view.url}`,
    `${ruleLine}\n${slots.reason}`,
  ]);
}
