import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

/** Every call of the contract. */
const calls = `
  post /v1/events
  post /v1/accounts | patch /v1/accounts/{id} | get /v1/accounts/{id} | delete /v1/accounts/{id}
  post /v1/accounts/{id}/tokens | get /v1/operator/overview
  get /v1/account | patch /v1/account
  get /v1/account/tokens | post /v1/account/tokens | delete /v1/account/tokens/{id} | get /v1/account/export
  get /v1/entities | get /v1/entities/{id} | get /v1/documents/{id} | get /v1/provisions/{id} | get /v1/clause-types/{slug}
  get /v1/search
  get /v1/changes | get /v1/changes/{id}
  get /v1/suppressed | get /v1/changes/{id}/why | get /v1/operator/accounts/{id}/changes/{changeId}/why
  get /v1/watchlists | post /v1/watchlists | post /v1/watchlists/backtest
  get /v1/watchlists/{id} | patch /v1/watchlists/{id} | delete /v1/watchlists/{id}
  get /v1/watchlists/{id}/follows | put /v1/watchlists/{id}/follows/{kind}/{key} | delete /v1/watchlists/{id}/follows/{kind}/{key}
  get /v1/watchlists/export | post /v1/watchlists/import
  get /v1/watchlists/{id}/feed | post /v1/watchlists/{id}/feed | delete /v1/watchlists/{id}/feed
  get /v1/coverage
  get /v1/mutes | put /v1/mutes/{kind}/{key} | delete /v1/mutes/{kind}/{key}
  get /v1/destinations | post /v1/destinations
  get /v1/destinations/{id} | patch /v1/destinations/{id} | delete /v1/destinations/{id}
  post /v1/destinations/{id}/test | post /v1/destinations/{id}/rotate-secret
  post /v1/destinations/{id}/enable | post /v1/destinations/{id}/recover | post /v1/destinations/{id}/confirmation
  post /v1/slack/installations
  get /v1/slack/workspaces | get /v1/slack/workspaces/{id} | delete /v1/slack/workspaces/{id}
  get /v1/slack/workspaces/{id}/channels
  get /v1/suppressions | delete /v1/suppressions/{id} | post /v1/mail-reports
  get /v1/operator/suppressions | post /v1/operator/suppressions/search | delete /v1/operator/suppressions/{id}
  get /v1/operator/dead-deliveries | post /v1/operator/dead-deliveries/replay | get /v1/operator/accounts
  get /v1/alerts | get /v1/alerts/{id} | post /v1/alerts/{id}/acknowledge
  post /v1/alerts/acknowledge | put /v1/alerts/{id}/note
  get /v1/deliveries | get /v1/deliveries/{id} | post /v1/deliveries/{id}/replay | post /v1/deliveries/replay
  get /v1/deliveries/{id}/request | get /v1/schemas
`
  .split(/[|\n]/)
  .map((call) => call.trim())
  .filter(Boolean);

/** What an endpoint can choose to get. */
const messageTypes = [
  'alert.created',
  'alert.reverted',
  'alert.retracted',
  'alert.corrected',
  'alert.reminder',
  'digest.created',
  'coverage.lost',
  'coverage.back',
];

describe('the description of the API', () => {
  let app: TestApp;
  let document: any;
  let operations: [string, any][];
  beforeAll(async () => {
    app = await startApp();
    document = (await app.call('GET', '/v1/openapi.json')).body;
    operations = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, unknown] => [`${method} ${path}`, operation]),
    );
  });
  afterAll(async () => app.stop());

  it('is OpenAPI 3.1, and has every call of the contract and no other', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(operations.map(([call]) => call).toSorted()).toEqual(calls.toSorted());
  });

  it('names each operation once, and says what it answers', () => {
    const ids = operations.map(([, operation]) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [call, operation] of operations) {
      const success = Object.entries<any>(operation.responses).filter(([status]) => status.startsWith('2'));
      expect(success, call).toHaveLength(1);
      const [status, response] = success[0] ?? ['', {}];
      if (status !== '204') expect(response.content?.['application/json']?.schema, call).toBeDefined();
      // What anybody may read needs no token.
      if (operation.security?.length === 0) continue;
      expect(operation.responses['401'].content['application/problem+json'].schema, call).toBeDefined();
      if (/^(post|patch) /.test(call) && /accounts|watchlists$|destinations$|events|recover/.test(call)) {
        expect(operation.requestBody, call).toBeDefined();
      }
    }
  });

  it('describes the three ways of sending events, and numbers as numbers', () => {
    const { content } = document.paths['/v1/events'].post.requestBody;
    expect(Object.keys(content)).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/json',
    ]);
    const kinds = content['application/cloudevents+json'].schema.anyOf;
    expect(kinds.map(({ properties }: any) => properties.type.const)).toEqual([
      'provision.changed.v1',
      'provision.retracted.v1',
      'document.checked.v1',
      'document.unreachable.v1',
    ]);
    expect(kinds[0].properties.data.properties.provision).toBeDefined();
    expect(content['application/json'].schema.anyOf[0].properties.provision).toBeDefined();
    const limit = document.paths['/v1/alerts'].get.parameters.find((one: any) => one.name === 'limit');
    expect(limit.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200 });
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    for (const reference of references) {
      const found = reference
        .split('/')
        .reduce<any>((at, part) => at?.[part.replaceAll('~1', '/')], document);
      expect(found, reference).toBeDefined();
    }
  });

  it('describes what webhooks get, and shows a page', async () => {
    expect(Object.keys(document.webhooks)).toEqual([...messageTypes, 'endpoint.test']);
    const { security, parameters } = document.webhooks['alert.created'].post;
    expect(security).toEqual([]);
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]);
    const page = await app.call('GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Tocsin API');
  });
});
