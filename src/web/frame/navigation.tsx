import type { Reader, Visit } from './visit.js';

type Way = {
  path: string;
  words: string;
  /** Pages that belong to it, at paths of their own. */
  also?: readonly string[];
};

const everybody: readonly Way[] = [
  { path: '/recent', words: 'Changes', also: ['/changes'] },
  {
    path: '/search',
    words: 'Archive',
    also: ['/entities', '/documents', '/provisions', '/clause-types'],
  },
];

const ways: Readonly<Record<Reader['kind'], readonly Way[]>> = {
  visitor: [...everybody, { path: '/sign-in', words: 'Sign in' }],
  member: [
    { path: '/overview', words: 'Overview', also: ['/coverage'] },
    { path: '/inbox', words: 'Inbox', also: ['/alerts', '/digests', '/suppressed'] },
    { path: '/watchlists', words: 'Watchlists', also: ['/mutes'] },
    { path: '/destinations', words: 'Destinations' },
    ...everybody,
    { path: '/settings', words: 'Settings' },
  ],
  operator: [{ path: '/operator', words: 'Operator' }, ...everybody],
};

/** The ways on from every page, by who reads it. */
export function Navigation({ visit: { site, reader, path } }: { visit: Visit }) {
  return (
    <nav aria-label="Site">
      {ways[reader.kind].map((way) => (
        <a key={way.path} href={site.base + way.path} aria-current={currentOf(path, way)}>
          {way.words}
        </a>
      ))}
      {site.mailbox !== null && <a href={site.mailbox}>Mailbox</a>}
      {reader.kind !== 'member' && <a href={`${site.base}/docs`}>API</a>}
    </nav>
  );
}

function currentOf(path: string, { path: its, also = [] }: Way): 'page' | 'true' | undefined {
  if (isWithin(path, its)) return 'page';
  return also.some((one) => isWithin(path, one)) ? 'true' : undefined;
}

function isWithin(path: string, way: string): boolean {
  return path === way || path.startsWith(`${way}/`) || path.startsWith(`${way}?`);
}
