import { provisionEvent } from './events.js';
import type { TestAccount, TestApp } from './app.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from './watching.js';

/** The ids of what somebody owns, by the names that routes have for them. */
export type OwnedThings = Readonly<Record<string, string>>;

/**
 * Gives an account one of everything that an account can have.
 *
 * @param mark stands in every text of it that is the owner's own
 */
export async function ownedThings(app: TestApp, owner: TestAccount, mark: string): Promise<OwnedThings> {
  const { token } = owner;
  const [own] = (await app.call('GET', '/v1/destinations', { token })).body.items;
  const hook = await webhookTo(app, owner, `https://${mark}.example.org/hook`);
  const watchlist = await watch(app, owner, [['entity', 'mine']], {
    name: `${mark} list`,
    destinationIds: [own.id, hook.id],
  });
  await watch(app, owner, [['entity', 'gathered']], { name: `${mark} hourly`, cadence: { mode: 'hourly' } });
  await app.postEvents([provisionEvent({ entity: 'mine' }), provisionEvent({ entity: 'gathered' })]);
  await app.work();
  app.clock.advance(3_700);
  await app.work();
  const mine = (await alertsOf(app, owner)).find(({ entity }) => entity.id === 'mine');
  const delivery = (await deliveriesOf(app, owner)).find(({ lane }) => lane === 'webhook');
  await app.call('PUT', `/v1/alerts/${mine.alert.id}/note`, { token, body: { text: `${mark} note` } });
  await app.call('PUT', `/v1/mutes/document/${mark}`, { token });
  const { id: tokenId } = (
    await app.call('POST', '/v1/account/tokens', { token, body: { name: `${mark} token` } })
  ).body;
  await app.call('POST', `/v1/destinations/${own.id}/test`, { token });
  await app.call('POST', '/v1/destinations', {
    token,
    body: { kind: 'email', settings: { address: `${mark}-other@example.org` } },
  });
  const idOf = async (sql: string, ...parameters: unknown[]) =>
    (await app.database.query<{ id: string }>(sql, parameters))[0]?.id ?? '';
  const unsubscribed = await idOf(
    `update destination set status = 'paused', reason = 'unsubscribed', unsubscribed_at = now()
     where settings ->> 'address' = $1 returning id`,
    `${mark}-other@example.org`,
  );
  return {
    watchlist,
    alert: mine.alert.id,
    delivery: delivery.id,
    digest: await idOf(`select delivery_id as id from bundle where kind = 'digest'`),
    destination: own.id,
    test: await idOf(`select id from delivery where kind = 'test' and destination_id = $1`, own.id),
    workspace: await idOf(
      `insert into slack_workspace (account_id, team_id, team_name, status, installed_at)
       values ($1, 'T1', $2, 'removed', now()) returning id`,
      owner.id,
      `${mark} team`,
    ),
    suppression: `${unsubscribed}-unsubscribe`,
    session: await idOf(
      `insert into session (account_id, hash, device, created_at, seen_at, expires_at)
       values ($1, sha256('mine'), $2, now(), now(), '2100-01-01') returning id`,
      owner.id,
      `${mark} device`,
    ),
    token: tokenId,
    change: await idOf(`select id from change where entity_id = 'mine'`),
    kind: 'entity',
    key: 'mine',
  };
}
