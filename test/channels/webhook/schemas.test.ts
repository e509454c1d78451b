import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fillBody, renderBody } from '../../../src/channels/webhook/body.js';
import type { Content } from '../../../src/domain/alert-content.js';
import { Tier } from '../../../src/domain/tiers.js';
import { alertContent, changeContent, recipient } from '../../support/alert-content-fixture.js';
import { startApp, type TestApp } from '../../support/app.js';

let app: TestApp;
/** The published schemas, by their type. */
let schemas: Record<string, any>;

beforeAll(async () => {
  app = await startApp();
  const { items } = (await app.call('GET', '/v1/schemas')).body;
  const fetched = items.map(async ({ type, url }: { type: string; url: string }) => [
    type,
    await (await fetch(url)).json(),
  ]);
  schemas = Object.fromEntries(await Promise.all(fetched));
});
afterAll(async () => app.stop());

/** As it is sent. */
function bodyOf(content: Content): any {
  const to = recipient(content.kind === 'test' ? { alert: null } : {});
  const { head, rest } = fillBody(renderBody(content), to);
  return JSON.parse(head + rest.toString());
}

const accepts = (type: string, body: unknown) => z.fromJSONSchema(schemas[type]).safeParse(body).success;

describe('the schemas of what webhooks get', () => {
  it('are listed with their versions, for anybody and every tool', async () => {
    const list = await app.call('GET', '/v1/schemas');
    expect(list.status).toBe(200);
    expect(list.body).toEqual({
      items: [
        { type: 'alert.created', version: 1, url: `${app.url}/v1/schemas/alert.created.v1.json` },
        { type: 'endpoint.test', version: 1, url: `${app.url}/v1/schemas/endpoint.test.v1.json` },
      ],
    });
    for (const path of ['/v1/schemas', '/v1/schemas/alert.created.v1.json']) {
      const { headers } = await app.call('GET', path);
      expect(headers.get('cache-control')).toBe('public, max-age=3600');
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const { headers } = await app.call('GET', '/v1/schemas/alert.created.v1.json');
    expect(headers.get('content-type')).toContain('application/schema+json');
  });

  it('name themselves, and their dialect', () => {
    for (const [type, schema] of Object.entries(schemas)) {
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `${app.url}/v1/schemas/${type}.v1.json`,
        title: type,
        type: 'object',
        properties: { type: { const: type } },
        required: ['type', 'timestamp', 'data'],
      });
    }
  });

  it.each(['alert.created.v2.json', 'alert.created.json', 'digest.created.v1.json', '..%2Fopenapi.json'])(
    'are no others: %s',
    async (name) => {
      const { status, headers } = await app.call('GET', `/v1/schemas/${name}`);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('accept what is sent', () => {
    for (const tier of Tier.options)
      expect(accepts('alert.created', bodyOf(alertContent({ tier })))).toBe(true);
    const bare = [changeContent({ analysis: null, capture: { before: null, after: null } })];
    expect(accepts('alert.created', bodyOf(alertContent({ changes: bare, revision: { id: null } })))).toBe(
      true,
    );
    expect(accepts('endpoint.test', bodyOf({ kind: 'test', archiveName: 'Archive' }))).toBe(true);
  });

  it('accept fields that may come one day, and refuse what is missing or another thing', () => {
    const alert = () => bodyOf(alertContent());
    const changed = (change: (body: any) => void) => {
      const body = alert();
      change(body);
      return accepts('alert.created', body);
    };
    expect(changed((body) => (body.data.changes[0].delta.added = 1))).toBe(true);
    expect(changed((body) => (body.added = {}))).toBe(true);
    expect(changed((body) => delete body.data.alert)).toBe(false);
    expect(changed((body) => (body.data.changes[0].delta.before = 'grave'))).toBe(false);
    expect(changed((body) => (body.data.changes = []))).toBe(false);
    expect(changed((body) => (body.type = 'endpoint.test'))).toBe(false);
    expect(JSON.stringify(schemas)).not.toContain('"additionalProperties":false');
  });

  it('are those of the description of the API', async () => {
    const { webhooks } = (await app.call('GET', '/v1/openapi.json')).body;
    expect(Object.keys(webhooks)).toEqual(Object.keys(schemas));
    for (const [type, { post }] of Object.entries<any>(webhooks)) {
      const { $schema: _, ...schema } = schemas[type];
      expect(post.requestBody.content['application/json'].schema).toEqual(schema);
      expect(post.externalDocs.url).toBe(schema.$id);
    }
  });
});
