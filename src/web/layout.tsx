import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { icon, styleSheet } from './assets.js';
import { Bell } from './bell.js';
import type { Site } from './site.js';

type Frame = {
  site: Site;
  /** What the tab says, before "· Tocsin". */
  title: string;
  /** A sentence for search results and link previews; a page without one is kept out of them. */
  description?: string;
  children: ComponentChildren;
};

/** The frame of every page: the mark and the few ways on, one column, the archive's name below. */
export function Layout({ site, title, description, children }: Frame) {
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
        <link rel="icon" type={icon.type} href={site.base + icon.path} />
        <link rel="stylesheet" href={site.base + styleSheet.path} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href={`${site.base}/`}>
            <Bell />
            <span>Tocsin</span>
          </a>
          <nav aria-label="Site">
            {site.mailbox !== null && <a href={site.mailbox}>Mailbox</a>}
            <a href={`${site.base}/docs`}>API</a>
          </nav>
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer class="foot">
          <p>
            Tocsin watches the fine print for the <bdi>{site.archiveName}</bdi>.
          </p>
        </footer>
      </body>
    </html>
  );
}

/** A whole page, ready to send. */
export function pageOf(page: VNode): string {
  return `<!doctype html>${render(page)}`;
}
