import type { Reader, Visit } from './visit.js';

type Way = { path: string; words: string };

const everybody: readonly Way[] = [
  { path: '/recent', words: 'Changes' },
  { path: '/search', words: 'Archive' },
];

const ways: Readonly<Record<Reader['kind'], readonly Way[]>> = {
  visitor: [...everybody, { path: '/sign-in', words: 'Sign in' }],
  member: [
    { path: '/overview', words: 'Overview' },
    { path: '/inbox', words: 'Inbox' },
    { path: '/watchlists', words: 'Watchlists' },
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
        <a
          key={way.path}
          href={site.base + way.path}
          aria-current={isWithin(path, way.path) ? 'page' : undefined}
        >
          {way.words}
        </a>
      ))}
      {site.mailbox !== null && <a href={site.mailbox}>Mailbox</a>}
      {reader.kind !== 'member' && <a href={`${site.base}/docs`}>API</a>}
    </nav>
  );
}

function isWithin(path: string, way: string): boolean {
  return path === way || path.startsWith(`${way}/`) || path.startsWith(`${way}?`);
}
