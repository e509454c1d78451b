import { call } from './service.js';

export type Kind = 'webhook' | 'email';

/** Row ids of an account that was made through the API: what the followers are copies of. */
export type Prototype = { account: string; destination: string; watchlist: string };
export type Prototypes = Record<Kind, Prototype>;

/** Makes one account for each kind of destination, that follows a document by one instant watchlist. @param url the API's */
export async function makePrototypes(url: string): Promise<Prototypes> {
  return { webhook: await makePrototype(url, 'webhook'), email: await makePrototype(url, 'email') };
}

async function makePrototype(url: string, kind: Kind): Promise<Prototype> {
  const account = await call<{ id: string }>(url, 'POST', '/v1/accounts', {
    email: `${kind}@example.net`,
    tier: 'watcher',
  });
  const { token } = await call<{ token: string }>(url, 'POST', `/v1/accounts/${account.id}/tokens`, {
    name: 'benchmark',
  });
  const destination =
    kind === 'webhook'
      ? await call<{ id: string }>(
          url,
          'POST',
          '/v1/destinations',
          { kind, settings: { url: 'http://127.0.0.1:9009/' } },
          { token },
        )
      : (await call<{ items: { id: string }[] }>(url, 'GET', '/v1/destinations', undefined, { token }))
          .items[0];
  if (destination === undefined) throw new Error('an account has its own address as its first destination');
  const watchlist = await call<{ id: string }>(
    url,
    'POST',
    '/v1/watchlists',
    { name: 'Policies we rely on', cadence: { mode: 'instant' }, destinationIds: [destination.id] },
    { token },
  );
  const follow = `/v1/watchlists/${watchlist.id}/follows/document/CA-D-70001`;
  await call(url, 'PUT', follow, undefined, { token });
  return { account: account.id, destination: destination.id, watchlist: watchlist.id };
}
