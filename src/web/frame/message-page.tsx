import type { ComponentChildren } from 'preact';
import { Layout, pageOf } from './layout.js';
import type { Visit } from './visit.js';

/** A page that says one thing. */
export function messagePage(visit: Visit, title: string, children: ComponentChildren): string {
  return pageOf(
    <Layout visit={visit} title={title}>
      <div class="message">
        <h1>{title}</h1>
        {children}
      </div>
    </Layout>,
  );
}

/** The same for what is not there, what is somebody else's, and a link that was altered. */
export function notFoundPage(visit: Visit): string {
  return messagePage(
    visit,
    'Nothing here',
    <p>
      The link may have been cut off on its way, or what it led to is gone. If it came in a mail, open it
      there once more.
    </p>,
  );
}

export function faultPage(visit: Visit, detail: string): string {
  return messagePage(visit, 'That did not work', <p>{detail}</p>);
}
