import { createHash } from 'node:crypto';
import { render } from 'preact-render-to-string';
import type { CaughtMail } from './caught-mail.js';
import { mailboxStyle } from './mailbox-style.js';

export const mailTabs = ['html', 'text', 'headers', 'source'] as const;
export type MailTab = (typeof mailTabs)[number];

const tabNames: Readonly<Record<MailTab, string>> = {
  html: 'HTML',
  text: 'Text',
  headers: 'Headers',
  source: 'Source',
};
const refreshSeconds = 5;

const styleHash = createHash('sha256').update(mailboxStyle).digest('base64');

/** What the page may do: its own style, its own frame, its own form, no script at all. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

type MailboxView = {
  /** Newest first. */
  mails: CaughtMail[];
  selected: CaughtMail | null;
  tab: MailTab;
  /** The mail as it came, for the tab that shows it. */
  source: string | null;
  /** Whether the page looks for new mail by itself: not while somebody reads a mail of their choice. */
  isLive: boolean;
};

/** The mailbox as a page that works without scripts. */
export function mailboxPage(view: MailboxView): string {
  return `<!doctype html>${render(<Page {...view} />)}`;
}

function Page({ mails, selected, tab, source, isLive }: MailboxView) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {isLive && <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        <title>{`${mails.length === 0 ? 'Mailbox' : `Mailbox (${mails.length})`} · Tocsin sandbox`}</title>
        <style>{mailboxStyle}</style>
      </head>
      <body>
        <header>
          <h1>
            <span class="brand">Tocsin</span> sandbox mailbox
          </h1>
          <p class="hint">Mail that is caught here goes nowhere else.</p>
          <nav>
            {isLive ? (
              <span class="hint">Looks for new mail by itself</span>
            ) : (
              <a href="/sandbox/mailbox">Look for new mail</a>
            )}
            <a href="/sandbox/mailbox.json">JSON</a>
            <form method="post" action="/sandbox/mailbox/empty">
              <button type="submit" disabled={mails.length === 0}>
                Empty
              </button>
            </form>
          </nav>
        </header>
        <main>
          <MailList mails={mails} selected={selected} />
          {selected === null ? <Nothing /> : <Mail mail={selected} tab={tab} source={source} />}
        </main>
      </body>
    </html>
  );
}

function MailList({ mails, selected }: { mails: CaughtMail[]; selected: CaughtMail | null }) {
  return (
    <ol class="list" aria-label="Mails, newest first">
      {mails.map(({ id, subject, to, date }) => (
        <li key={id}>
          <a href={`/sandbox/mailbox/${id}`} aria-current={id === selected?.id ? 'true' : undefined}>
            <span class="subject">
              <bdi>{subject === '' ? '(no subject)' : subject}</bdi>
            </span>
            <span class="meta">
              <bdi>{to.join(', ')}</bdi> · <Time date={date} />
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}

function Nothing() {
  return (
    <section class="mail nothing">
      <p>No mail yet. What Tocsin sends appears here within seconds.</p>
    </section>
  );
}

function Mail({ mail, tab, source }: { mail: CaughtMail; tab: MailTab; source: string | null }) {
  return (
    <section class="mail" aria-label="Selected mail">
      <h2>
        <bdi>{mail.subject === '' ? '(no subject)' : mail.subject}</bdi>
      </h2>
      <p class="meta">
        <bdi>{mail.from}</bdi> to <bdi>{mail.to.join(', ')}</bdi>, <Time date={mail.date} />
      </p>
      <nav class="tabs" aria-label="Parts of the mail">
        {mailTabs.map((name) => (
          <a
            key={name}
            href={`/sandbox/mailbox/${mail.id}?tab=${name}`}
            aria-current={name === tab ? 'page' : undefined}
          >
            {tabNames[name]}
          </a>
        ))}
      </nav>
      <Part mail={mail} tab={tab} source={source} />
    </section>
  );
}

function Part({ mail, tab, source }: { mail: CaughtMail; tab: MailTab; source: string | null }) {
  if (tab === 'text') return <pre>{mail.text}</pre>;
  if (tab === 'source') return <pre class="narrow">{source}</pre>;
  if (tab === 'headers') {
    return (
      <dl>
        {Object.entries(mail.headers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    );
  }
  if (mail.html === '') return <p class="nothing">This mail has no HTML part.</p>;
  return (
    <iframe
      title="The mail"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      src={`/sandbox/mailbox/${mail.id}/html`}
    />
  );
}

function Time({ date }: { date: string }) {
  return <time dateTime={date}>{date.replace('T', ' ').replace(/(:\d\d)\.\d+Z$/, '$1 UTC')}</time>;
}
