import type { ConfirmContent, TestContent } from '../../domain/alert-content.js';
import { Block, Button, MailLayout, mjmlToHtml } from './mail-layout.js';
import { styles } from './mail-styles.js';
import { shownLine } from '../../domain/shown-text.js';
import type { Slots } from './slots.js';

type ShortMail = {
  subject: string;
  lead: string;
  button: { words: string; url: string } | null;
  aside: string;
};

/** The mails that carry no alert: the one that asks to confirm an address, and the one that shows that it works. */
export async function shortMail(
  content: ConfirmContent | TestContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ subject: string; html: string; text: string }> {
  const archiveName = shownLine(content.archiveName, 100);
  const mail = content.kind === 'confirm' ? confirmation(archiveName, slots.confirmUrl) : test(archiveName);
  const html = await mjmlToHtml(
    MailLayout({
      title: mail.subject,
      preheader: mail.lead,
      archiveName,
      publicUrl,
      children: <Body mail={mail} />,
      footer: (
        <p class="muted" style={styles.small}>
          {mail.aside}
        </p>
      ),
    }),
  );
  return { subject: mail.subject, html, text: plain(mail) };
}

function confirmation(archiveName: string, url: string): ShortMail {
  return {
    subject: 'Confirm this address',
    lead: `Somebody, probably you, asked Tocsin to send alerts about the ${archiveName} to this address. Confirm that it is yours and that you want them.`,
    button: { words: 'Confirm this address', url },
    aside: 'If it was not you, ignore this mail: without a confirmation nothing more comes here.',
  };
}

function test(archiveName: string): ShortMail {
  return {
    subject: 'Test: alerts reach this address',
    lead: `This destination works. When a clause that you watch changes in the ${archiveName}, the alert will come here.`,
    button: null,
    aside: 'You get this mail because a test was asked for in Tocsin.',
  };
}

function Body({ mail: { subject, lead, button } }: { mail: ShortMail }) {
  return (
    <Block padding="20px 28px 22px">
      <h1 class="headline" style={styles.headline}>
        {subject}
      </h1>
      <p style={styles.lead}>{lead}</p>
      {button !== null && <Button href={button.url}>{button.words}</Button>}
    </Block>
  );
}

function plain({ subject, lead, button, aside }: ShortMail): string {
  return [subject, lead, ...(button === null ? [] : [`${button.words}:\n${button.url}`]), aside].join('\n\n');
}
