import type { ComponentChildren } from 'preact';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';

/** A page on the way in: narrow, with one thing to do. */
export function doorPage(visit: Visit, title: string, children: ComponentChildren): string {
  return pageOf(
    <Layout visit={visit} area="door" title={title}>
      <div class="door">
        <h1>{title}</h1>
        {children}
      </div>
    </Layout>,
  );
}
