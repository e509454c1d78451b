/** The stages of the way of the data, and what serves them. They meet in the ledger, not in each other's insides. */
const stages =
  'intake|changes|coverage|archive|watchlists|mutes|alerts|deliveries|destinations|suppressions|slack|accounts|operator|overview|silence';

/** What only faces outward: nothing builds on it. */
const edges = 'web|feeds|schedule|sandbox';

/** What puts the parts together, and may therefore know all of them. */
const composition = '^src/(main|app\\.module|service|http-app|roles|openapi)\\.ts$|^src/commands/';

/**
 * What a stage shows to others besides its services. Each line is a decision: whoever adds one says here what the others
 * need it for.
 */
const faces = [
  'accounts/account-token', // the shape of a token: for the pages
  'accounts/principal', // who calls, and who may: every controller
  'accounts/account-lock', // makes the limits of a tier hold while things are added
  'accounts/tier-limit', // the 403 that names the limit and the tier that lifts it
  'accounts/erase-deliveries', // what must go with a destination when it is erased
  'accounts/account', // the shapes of accounts, of what is made for them and may be changed: for settings and the operator's pages
  'alerts/alert-reader', // an alert's content, for a message
  'alerts/storm-reader', // a summary's
  'alerts/digest-reader', // a digest's, and whether its time has come
  'alerts/bundle-planner', // windows that moved, and heartbeats: on the schedule
  'alerts/bundle-windows', // when what quiet hours hold is told
  'alerts/echo-reader', // an echo's
  'alerts/reminders', // on the schedule
  'alerts/inbox-filters', // which alerts a reader wants to see: for the pages
  'alerts/alert-news', // an alert was acknowledged: messages that show it are changed
  'archive/list-name', // what the cursors of a filtered list are bound to
  'changes/change-batch', // what became of each event, and why one was refused: for intake
  'changes/change-draft', // the labels that a change was recorded with: for whoever reads the ledger
  'coverage/coverage-reader', // what a coverage notice tells, for a message
  'coverage/coverage-view', // a followed document and when it was seen, for the pages
  'deliveries/attempt-log', // its upkeep is on the schedule
  'deliveries/dead', // the shape of what was given up: for the operator's pages
  'deliveries/delivery-queue', // tests, confirmations and recovery of a destination go out as deliveries
  'deliveries/delivery-view', // the shape of a delivery: for the pages
  'deliveries/refused-mail', // a mail that came back: noted among its attempts, and sent once more
  'deliveries/destination-health', // disabling all destinations of an address, with word to their owners
  'destinations/destination', // the shape of a destination: for the pages
  'watchlists/backtest', // what one found: for the pages
  'watchlists/feed-address', // how the secret of an address is kept: for the feeds
  'watchlists/feed-tier', // who holds feeds: for the feeds
  'watchlists/follow', // what follows look like: for the pages
  'watchlists/portable', // watchlists as a file, and what taking one in comes to: for the pages
  'destinations/destination-id', // the id out of a path: for the pages
  'slack/channel-list', // the shape of a channel: for the pages
  'slack/slack-workspace', // a workspace's, and the id out of a path
  'suppressions/suppression', // the shape of a suppression: for the pages
  'watchlists/watchlist', // the shape of a watchlist: for the pages
  'intake/cloud-events', // reading an event as intake reads it: for the inspector
  'intake/intake', // sending what was inspected
  'operator/accounts-list', // the shape of the operator's list of accounts: for the pages
  'silence/why-view', // why an account was told of a change: for the pages
  'watchlists/watchlist-id', // the id out of a path: for what hangs on a watchlist, such as its feed
];

/** What is known of a channel beside its place in the registry. */
const channelFaces = [
  'webhook/event-type', // what an endpoint may choose to get: for the form that sets it up
  'webhook/payload', // the API's description shows what is sent
  'slack/slack-client', // all calls of Slack's are made by it, installing the app too
  'slack/slack-errors', // what Slack's refusals mean, for what a new token cures
  'slack/slack-settings', // a channel of a workspace, for whoever keeps the workspaces
  'slack/slack-workspaces', // the port that they fill
  'slack/slack-actions', // what a click on a button of a message asks for
];

const alternatives = (/** @type {string[]} */ paths) => paths.join('|');

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/main\\.ts$|^src/web/browser/' },
      to: {},
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-the-composition',
      severity: 'error',
      from: { pathNot: composition },
      to: { path: composition },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'A migration that used src would change with it.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^src/' },
    },
    {
      name: 'domain-knows-domain-alone',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^(src|migrations)/', pathNot: '^src/domain/' },
    },
    {
      name: 'domain-uses-pure-packages-alone',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|luxon|@types/luxon|diff)/' },
    },
    {
      name: 'domain-touches-no-machine',
      severity: 'error',
      // Hashing is a pure function.
      from: { path: '^src/domain/', pathNot: '^src/domain/side-fingerprint\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'settings-know-domain-alone',
      severity: 'error',
      from: { path: '^src/(config|settings|setting-values)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(domain/|(config|settings|setting-values)\\.ts$)' },
    },
    {
      name: 'platform-knows-domain-and-config',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform/|domain/|(config|settings|setting-values)\\.ts$)' },
    },
    {
      name: 'embedded-postgres-has-one-face',
      severity: 'error',
      from: { pathNot: '^src/platform/embedded-postgres/' },
      to: {
        path: '^src/platform/embedded-postgres/',
        pathNot: '^src/platform/embedded-postgres/embedded-postgres\\.ts$',
      },
    },
    {
      name: 'the-database-driver-stays-below',
      comment: 'The rest passes SQL to platform/database.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(platform|tickets/postgres)/' },
      to: { path: 'node_modules/(pg|typeorm)/' },
    },
    {
      name: 'mail-reports-know-domain-alone',
      comment: 'They read what strangers wrote: what is done about it is for the stages.',
      severity: 'error',
      from: { path: '^src/mail-reports/' },
      to: { path: '^src/', pathNot: '^src/(mail-reports|domain)/' },
    },
    {
      name: 'tickets-know-platform-and-domain',
      severity: 'error',
      from: { path: '^src/tickets/' },
      to: { path: '^src/', pathNot: '^src/(tickets|platform|domain)/' },
    },
    {
      name: 'a-bus-is-known-by-its-port',
      severity: 'error',
      from: { pathNot: '^src/(tickets/|service\\.ts$)' },
      to: { path: '^src/tickets/[^/]+/' },
    },
    {
      name: 'channels-know-no-ledger-and-no-stage',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(channels/|domain/|mail-reports/status-meaning\\.ts$|platform/(outbound/|(secret-box|hmac-sha256)\\.ts$)|config\\.ts$)',
      },
    },
    {
      name: 'channels-know-no-framework',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'channels-are-apart',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/', pathNot: '^src/channels/($1/|channel\\.ts$)' },
    },
    {
      name: 'channels-are-known-by-the-registry',
      severity: 'error',
      from: { pathNot: '^src/channels/' },
      to: { path: '^src/channels/[^/]+/', pathNot: `^src/channels/(${alternatives(channelFaces)})\\.tsx?$` },
    },
    {
      name: 'stages-show-their-faces',
      severity: 'error',
      from: { path: `^src/(${stages}|${edges})/` },
      to: {
        path: `^src/(${stages})/`,
        pathNot: ['^src/$1/', '\\.(service|module)\\.ts$', `^src/(${alternatives(faces)})\\.ts$`],
      },
    },
    {
      name: 'nothing-builds-on-an-edge',
      severity: 'error',
      from: { path: `^src/(${stages}|${edges})/` },
      to: { path: `^src/(${edges})/`, pathNot: '^src/$1/' },
    },
    {
      name: 'modules-are-wired-by-modules',
      severity: 'error',
      from: { pathNot: '\\.module\\.ts$' },
      to: { path: '^src/[^/]+/.+\\.module\\.ts$' },
    },
    {
      name: 'pages-know-no-sql',
      severity: 'error',
      from: { path: '^src/(web|sandbox)/' },
      to: { path: '\\.store\\.ts$|^src/platform/(database|migrate)\\.ts$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count too: what a file must know of another is its dependence on it.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
