import type { ComponentChildren } from 'preact';
import { Layout, pageOf } from './layout.js';
import type { Site } from './site.js';

/** A page that says one thing. */
export function messagePage(site: Site, title: string, children: ComponentChildren): string {
  return pageOf(
    <Layout site={site} title={title}>
      <div class="message">
        <h1>{title}</h1>
        {children}
      </div>
    </Layout>,
  );
}

/** The same for what is not there, what is somebody else's, and a link that was altered. */
export function notFoundPage(site: Site): string {
  return messagePage(
    site,
    'Nothing here',
    <p>
      The link may have been cut off on its way, or what it led to is gone. If it came in a mail, open it
      there once more.
    </p>,
  );
}

export function faultPage(site: Site, detail: string): string {
  return messagePage(site, 'That did not work', <p>{detail}</p>);
}
