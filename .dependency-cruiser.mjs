const stages = 'intake|changes|archive|watchlists|alerts|deliveries|destinations|accounts|operator';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '^src/main' }, to: {} },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { path: '^src/(?!domain)' },
    },
    {
      name: 'domain-touches-no-machine',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platform-knows-only-domain',
      severity: 'error',
      from: { path: '^src/platform' },
      to: { path: '^src/(?!platform|domain|config)' },
    },
    {
      name: 'tickets-know-platform',
      severity: 'error',
      from: { path: '^src/tickets' },
      to: { path: '^src/(?!tickets|platform|domain|config)' },
    },
    {
      name: 'channels-know-no-database-and-no-queue',
      severity: 'error',
      from: { path: '^src/channels' },
      to: {
        path: '^src/(?!channels|domain|platform/(outbound|clock|logger|http)|config)|node_modules/(pg|typeorm)',
      },
    },
    {
      name: 'channels-are-apart',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/([^/]+)/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'only-the-root-imports-modules',
      severity: 'error',
      from: { pathNot: '^src/(main|app\\.module|commands/)' },
      to: { path: `^src/(${stages}|web|schedule|sandbox)/[^/]+\\.module`, pathNot: '^src/(accounts)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
