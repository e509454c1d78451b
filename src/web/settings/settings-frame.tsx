import type { ComponentChildren } from 'preact';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';

const parts = [
  { path: '/settings', words: 'Time' },
  { path: '/settings/suppressions', words: 'Unsent mail' },
  { path: '/settings/tokens', words: 'API tokens' },
  { path: '/settings/sessions', words: 'Sessions' },
  { path: '/settings/plan', words: 'Plan' },
  { path: '/settings/data', words: 'Your data' },
] as const;

type SettingsPart = (typeof parts)[number]['path'];

/** A page of the settings, among the others. */
export function settingsPage(
  visit: Visit,
  part: SettingsPart,
  { title, children }: { title: string; children: ComponentChildren },
): string {
  return pageOf(
    <Layout visit={visit} area="settings" title={title}>
      <nav class="tabs" aria-label="Settings">
        {parts.map(({ path, words }) => (
          <a key={path} href={visit.site.base + path} aria-current={path === part ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      <h1>{title}</h1>
      {children}
    </Layout>,
  );
}
