// Every route of the service stands in one of these lists. A new one that does not is a fault until somebody has decided
// whose it is, and it is held to that below.

/** What an account has, named by the path: no other account has it there. What ends something stands last. */
export const owned = linesOf(`
  GET /alerts/:alert | GET /digests/:digest | GET /deliveries/:delivery
  GET /destinations/:destination | GET /destinations/:destination/edit | GET /destinations/:destination/delete
  GET /destinations/:destination/tests/:test | GET /destinations/slack/:workspace/remove
  GET /watchlists/:watchlist | GET /watchlists/:watchlist/delete
  POST /alerts/:alert/acknowledge | POST /alerts/:alert/note | POST /alerts/:alert/mute | POST /alerts/:alert/unmute
  POST /deliveries/:delivery/replay
  POST /destinations/:destination | POST /destinations/:destination/confirmation | POST /destinations/:destination/pause
  POST /destinations/:destination/enable | POST /destinations/:destination/recover | POST /destinations/:destination/test
  POST /destinations/:destination/rotate-secret
  POST /watchlists/:watchlist | POST /watchlists/:watchlist/follow | POST /watchlists/:watchlist/unfollow
  POST /watchlists/:watchlist/snooze | POST /watchlists/:watchlist/wake
  POST /watchlists/:watchlist/feed | POST /watchlists/:watchlist/feed/revoke
  GET /v1/alerts/:alert | POST /v1/alerts/:alert/acknowledge | PUT /v1/alerts/:alert/note
  GET /v1/deliveries/:delivery | GET /v1/deliveries/:delivery/request | POST /v1/deliveries/:delivery/replay
  GET /v1/destinations/:destination | PATCH /v1/destinations/:destination
  POST /v1/destinations/:destination/confirmation | POST /v1/destinations/:destination/enable
  POST /v1/destinations/:destination/recover | POST /v1/destinations/:destination/rotate-secret
  POST /v1/destinations/:destination/test
  GET /v1/slack/workspaces/:workspace | GET /v1/slack/workspaces/:workspace/channels
  GET /v1/watchlists/:watchlist | PATCH /v1/watchlists/:watchlist | GET /v1/watchlists/:watchlist/follows
  PUT /v1/watchlists/:watchlist/follows/:kind/:key | DELETE /v1/watchlists/:watchlist/follows/:kind/:key
  POST /v1/watchlists/:watchlist/feed | GET /v1/watchlists/:watchlist/feed | DELETE /v1/watchlists/:watchlist/feed
  POST /settings/suppressions/:suppression/lift | DELETE /v1/suppressions/:suppression
  POST /settings/sessions/:session/end | POST /settings/tokens/:token/withdraw | DELETE /v1/account/tokens/:token
  POST /destinations/slack/:workspace/remove | DELETE /v1/slack/workspaces/:workspace
  POST /watchlists/:watchlist/delete | DELETE /v1/watchlists/:watchlist
  POST /destinations/:destination/delete | DELETE /v1/destinations/:destination
`);

/** What each account has of its own, by who asks: whatever a stranger gets or does, the owner's things are not in it. */
export const ones = linesOf(`
  GET /overview | GET /coverage | GET /inbox | GET /inbox/acknowledge-all | GET /deliveries | GET /suppressed
  GET /changes/:change/why | GET /mutes
  GET /destinations | GET /destinations/new | GET /destinations/slack | GET /destinations/slack/channels
  GET /watchlists | GET /watchlists/new | GET /watchlists/search | GET /watchlists/import | GET /watchlists/export
  GET /settings | GET /settings/data | GET /settings/data/export | GET /settings/plan | GET /settings/sessions
  GET /settings/suppressions | GET /settings/tokens
  POST /inbox/acknowledge | POST /inbox/acknowledge-all | POST /mutes/end | POST /follow
  POST /destinations | POST /destinations/slack
  POST /watchlists/new | POST /watchlists/trial | POST /watchlists/import
  POST /settings/quiet-hours | POST /settings/time-zone | POST /settings/tokens | POST /settings/sessions/end-others
  POST /settings/data/delete
  GET /v1/account | PATCH /v1/account | GET /v1/account/export | GET /v1/account/tokens | POST /v1/account/tokens
  GET /v1/alerts | POST /v1/alerts/acknowledge | GET /v1/changes/:change/why | GET /v1/coverage
  GET /v1/deliveries | POST /v1/deliveries/replay | GET /v1/destinations | POST /v1/destinations
  GET /v1/mutes | PUT /v1/mutes/:kind/:key | DELETE /v1/mutes/:kind/:key
  GET /v1/slack/workspaces | POST /v1/slack/installations | GET /v1/suppressed | GET /v1/suppressions
  GET /v1/watchlists | POST /v1/watchlists | POST /v1/watchlists/backtest | GET /v1/watchlists/export
  POST /v1/watchlists/import
`);

/** Of the archive, or of nobody. */
export const everybodys = linesOf(`
  GET / | GET /recent | GET /recent/names | GET /changes/:id | GET /entities | GET /entities/:id | GET /documents/:id | GET /provisions/:id
  GET /clause-types/:slug | GET /search | GET /goodbye
  GET /sign-in | POST /sign-in | GET /sign-in/sent | GET /sign-in/:token | POST /sign-in/:token | POST /sign-out
  GET /operator/sign-in | POST /operator/sign-in
  GET /assets/:name | GET /favicon.ico | GET /robots.txt | GET /sitemap.xml | GET /sitemaps/:file
  GET /health/live | GET /health/ready | GET /metrics
  GET /v1/entities | GET /v1/entities/:id | GET /v1/documents/:id | GET /v1/provisions/:id | GET /v1/clause-types/:slug
  GET /v1/changes | GET /v1/changes/:id | GET /v1/search
`);

/** Whoever has a secret that is no sign-in: a link that was mailed, a feed's address, a signature, a scope. */
export const secrets = linesOf(`
  GET /confirm/:token | POST /confirm/:token | GET /unsubscribe/:token | POST /unsubscribe/:token | GET /feeds/:token
  GET /slack/oauth | POST /slack/oauth | POST /slack/events | POST /slack/interactions
  POST /v1/events | POST /v1/mail-reports | POST /v1/mail-reports/postmark | POST /v1/mail-reports/ses
`);

/** There only where mail is caught in place of being sent. */
export const sandbox = linesOf(`
  GET /sandbox/mailbox | GET /sandbox/mailbox.json | GET /sandbox/mailbox/:id | GET /sandbox/mailbox/:id/html
  POST /sandbox/mailbox/empty
`);

export function linesOf(text: string): string[] {
  return text
    .split(/[|\n]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
