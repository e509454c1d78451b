import type {
  ConfirmContent,
  NoticeContent,
  SummaryContent,
  TestContent,
} from '../../domain/alert-content.js';
import { confirmationDays } from '../../domain/confirmation.js';
import { signInMinutes, type SignInContent } from '../../domain/sign-in.js';
import { severityDots, instantWords, plural } from '../../domain/wording.js';
import { Block, Button, MailLayout, mjmlToHtml } from './mail-layout.js';
import { styles } from './mail-styles.js';
import { shownLine } from '../../domain/shown-text.js';
import { headline } from '../../domain/gravity.js';
import type { Slots } from './slots.js';

type ShortMail = {
  subject: string;
  lead: string;
  /** Alerts that are named, each a link. */
  items?: { rating: string; words: string; clause: string; url: string }[];
  /** After them. */
  rest?: string;
  button: { words: string; url: string } | null;
  /** The button's address in letters, for one that has to be opened in a certain browser. */
  copied?: string;
  aside: string;
};

type ShortContent = ConfirmContent | TestContent | NoticeContent | SummaryContent | SignInContent;

/** The mails that tell no change in full: asking to confirm, signing in, a test, how a destination fails, a storm in one. */
export async function shortMail(
  content: ShortContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ subject: string; html: string; text: string }> {
  const archiveName = shownLine(content.archiveName, 100);
  const mail = wordsOf(content, archiveName, publicUrl, slots);
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

function wordsOf(content: ShortContent, archiveName: string, publicUrl: string, slots: Slots): ShortMail {
  switch (content.kind) {
    case 'confirm':
      return confirmation(archiveName, slots.confirmUrl);
    case 'sign-in':
      return signIn[content.purpose](archiveName, slots.confirmUrl);
    case 'test':
      return test(archiveName);
    case 'notice':
      return notice(content, publicUrl);
    case 'summary':
      return summary(content);
    default:
      return content satisfies never;
  }
}

function confirmation(archiveName: string, url: string): ShortMail {
  return {
    subject: 'Confirm this address',
    lead: `Somebody, probably you, asked Tocsin to send alerts about the ${archiveName} to this address. Confirm that it is yours and that you want them. The link works for ${confirmationDays} days.`,
    button: { words: 'Confirm this address', url },
    aside: 'If it was not you, ignore this mail: without a confirmation nothing more comes here.',
  };
}

const onceOnly = `It works once, within ${signInMinutes} minutes, in the browser that asked for it.`;

const signIn: Readonly<Record<SignInContent['purpose'], (archiveName: string, url: string) => ShortMail>> = {
  link: (archiveName, url) => ({
    subject: 'Sign in to Tocsin',
    lead: `Here is the link that signs you in to Tocsin, which watches the fine print for the ${archiveName}. ${onceOnly}`,
    button: { words: 'Sign in', url },
    copied: url,
    aside: 'If you did not ask for it, ignore this mail: without the link nobody gets in.',
  }),
  'sign-up': (archiveName, url) => ({
    subject: 'Make your Tocsin account',
    lead: `No account has this address yet. This link makes one, free of charge, and signs you in to Tocsin, which watches the fine print for the ${archiveName}. ${onceOnly}`,
    button: { words: 'Make the account', url },
    copied: url,
    aside: 'If you did not ask for it, ignore this mail: without the link no account is made.',
  }),
  'no-account': (archiveName) => ({
    subject: 'No Tocsin account has this address',
    lead: `Somebody, probably you, asked to sign in to Tocsin, which watches the fine print for the ${archiveName}, and no account has this address. Perhaps yours has another one. If you have none, ask whoever runs this Tocsin: they make the accounts.`,
    button: null,
    aside: 'If it was not you, ignore this mail: nothing was made, and at most one such mail comes in a day.',
  }),
};

function test(archiveName: string): ShortMail {
  return {
    subject: 'Test: alerts reach this address',
    lead: `This destination works. When a clause that you follow changes in the ${archiveName}, the alert will come here.`,
    button: null,
    aside: 'You get this mail because a test was asked for in Tocsin.',
  };
}

function notice({ about, destination, reason, since }: NoticeContent, publicUrl: string): ShortMail {
  const label = destination.label === null ? '' : ` “${shownLine(destination.label, 80)}”`;
  const name = `your ${destination.kind} destination${label}`;
  const why = `What came back last: ${shownLine(reason, 300)}.`;
  const from = since === null ? '' : ` since ${instantWords(since)}`;
  return {
    ...(about === 'failing'
      ? {
          subject: `Alerts do not reach ${name}`,
          lead: `Nothing has reached ${name}${from}. ${why} Tocsin keeps trying, less and less often, and disables it when nothing has worked for five days.`,
        }
      : {
          subject: `Stopped sending to ${name}`,
          lead: `Tocsin has disabled ${name}: nothing more is sent there. ${why} Once it is mended, enable it and ask it to recover what it missed; nothing of that is lost.`,
        }),
    button: { words: 'Open Tocsin', url: publicUrl },
    aside: 'You get this one mail because the destination is yours. Your alerts also stand in the inbox.',
  };
}

function summary({ total, cap, since, alerts, inboxUrl }: SummaryContent): ShortMail {
  const left = total - alerts.length;
  return {
    subject: `${total} alerts in one mail`,
    lead: `More than ${plural(cap, 'alert', 'alerts')} came within a minute, from ${instantWords(since)}. The gravest are these; each of them stands in your inbox.`,
    items: alerts.map(({ entity, document, provision, delta, moreChanges, url }) => {
      const { label, severity } = headline([delta]);
      const more = moreChanges > 0 ? ` +${moreChanges} more` : '';
      return {
        rating: `${severityDots(severity)} ${label}`,
        words: `${shownLine(entity, 80)}: ${shownLine(document, 120)}`,
        clause: `${shownLine(provision, 160)}${more}`,
        url,
      };
    }),
    ...(left > 0 && { rest: `and ${left} more, less grave` }),
    button: { words: 'Open Tocsin', url: inboxUrl },
    aside: 'You get this mail because watchlists of yours send alerts to this address.',
  };
}

function Body({ mail: { subject, lead, items = [], rest, button, copied } }: { mail: ShortMail }) {
  return (
    <Block padding="20px 28px 22px">
      <h1 class="headline" style={styles.headline}>
        {subject}
      </h1>
      <p style={styles.lead}>{lead}</p>
      {items.map(({ rating, words, clause, url }) => (
        <p style={styles.paragraph}>
          <span class="muted" style={styles.place}>
            {rating}
          </span>
          <br />
          <a href={url} class="link" style={styles.link}>
            {words}
          </a>
          <br />
          {clause}
        </p>
      ))}
      {rest !== undefined && <p style={styles.lead}>{rest}</p>}
      {button !== null && <Button href={button.url}>{button.words}</Button>}
      {copied !== undefined && (
        <p class="muted" style={styles.copied}>
          Or copy this address into that browser:
          <br />
          <span class="muted" style={styles.mono}>
            {copied}
          </span>
        </p>
      )}
    </Block>
  );
}

function plain({ subject, lead, items = [], rest, button, aside }: ShortMail): string {
  return [
    subject,
    lead,
    ...items.map(({ rating, words, clause, url }) => `${rating}  ${words}\n${clause}\n${url}`),
    ...(rest === undefined ? [] : [rest]),
    ...(button === null ? [] : [`${button.words}:\n${button.url}`]),
    aside,
  ].join('\n\n');
}
