import type { ComponentChildren } from 'preact';
import { Layout } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';

const ways = [
  { path: '/operator', words: 'Pulse' },
  { path: '/operator/inspector', words: 'Inspector' },
  { path: '/operator/destinations', words: 'Destinations' },
  { path: '/operator/dead', words: 'Dead deliveries' },
  { path: '/operator/suppressed', words: 'Suppressed' },
  { path: '/operator/why', words: 'Why' },
  { path: '/operator/accounts', words: 'Accounts' },
] as const;

type OperatorPageProps = {
  visit: Visit;
  title: string;
  /** Which of the ways it belongs to. */
  way: (typeof ways)[number]['path'];
  lead?: ComponentChildren;
  children: ComponentChildren;
};

/** The frame of the operator's pages: the ways between them, one heading. */
export function OperatorPage({ visit, title, way, lead, children }: OperatorPageProps) {
  return (
    <Layout visit={visit} area="operator" title={title} wide>
      <nav class="tabs" aria-label="Operator">
        {ways.map(({ path, words }) => (
          <a key={path} href={visit.site.base + path} aria-current={path === way ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      <h1>{title}</h1>
      {lead !== undefined && <p class="desk-lead">{lead}</p>}
      {children}
    </Layout>
  );
}
