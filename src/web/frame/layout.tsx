import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { htmx, icon, script, styleSheet } from './assets.js';
import { Bell } from './bell.js';
import { Navigation } from './navigation.js';
import { SignedIn } from './signed-in.js';
import type { Visit } from './visit.js';

/** A part of the site with looks of its own: a section of the stylesheet stands under its class. */
type Area =
  | 'archive'
  | 'change'
  | 'destinations'
  | 'door'
  | 'inbox'
  | 'operator'
  | 'overview'
  | 'public'
  | 'settings'
  | 'watchlists';

type Frame = {
  visit: Visit;
  /** What the tab says, before "· Tocsin". */
  title: string;
  /** A sentence for search results and link previews; a page without one is kept out of them. */
  description?: string;
  /** Whose looks it has besides those that all pages share; a page that says one thing needs none. */
  area?: Area;
  /** Wider than a column of text: for tables and texts side by side. */
  wide?: boolean;
  /** More for the head, such as what link previews show. */
  head?: ComponentChildren;
  children: ComponentChildren;
};

/** htmx, without what a strict content policy refuses or nobody asked for: styles of its own, a history of its own. */
const htmxSettings = JSON.stringify({ includeIndicatorCSS: false, history: false });

/** The frame of every page: the mark and the ways on, one column, the archive's name below. */
export function Layout({ visit, title, area, description, wide = false, head, children }: Frame) {
  const { base, archiveName } = visit.site;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === '' ? 'Tocsin' : `${title} · Tocsin`}</title>
        {description === undefined ? (
          <meta name="robots" content="noindex, nofollow" />
        ) : (
          <meta name="description" content={description} />
        )}
        <meta name="htmx-config" content={htmxSettings} />
        <link rel="icon" type={icon.type} href={base + icon.path} />
        <link rel="stylesheet" href={base + styleSheet.path} />
        <script src={base + htmx.path} defer />
        <script src={base + script.path} type="module" />
        {head}
      </head>
      <body class={classesOf(area, wide)}>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href={`${base}/`}>
            <Bell />
            <span>Tocsin</span>
          </a>
          <Navigation visit={visit} />
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer class="foot">
          <p>
            Tocsin watches the fine print for the <bdi>{archiveName}</bdi>.
          </p>
          <SignedIn visit={visit} />
        </footer>
      </body>
    </html>
  );
}

function classesOf(area: Area | undefined, wide: boolean): string | undefined {
  return [area && `in-${area}`, wide && 'wide'].filter(Boolean).join(' ') || undefined;
}

/** A whole page, ready to send. */
export function pageOf(page: VNode): string {
  return `<!doctype html>${render(page)}`;
}

/** A part of a page, for a script to put in its place. */
export function partOf(part: VNode): string {
  return render(part);
}
