import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { fillBody, renderBody } from '../../../src/channels/webhook/body.js';
import { eventTypes } from '../../../src/channels/webhook/event-type.js';
import type { Content } from '../../../src/domain/content.js';
import { echoKinds } from '../../../src/domain/echo-kind.js';
import { Tier } from '../../../src/domain/tiers.js';
import { alertContent, changeContent, recipient } from '../../support/alert-content-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeatContent,
} from '../../support/digest-content-fixture.js';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import { watch, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver } from '../../support/webhook-receiver.js';

let app: TestApp;
/** The published schemas, by their type. */
let schemas: Record<string, any>;
/** They as a receiver's program has them, by a validator that is not ours. */
let validators: Record<string, ValidateFunction>;

beforeAll(async () => {
  app = await startApp();
  const { items } = (await app.call('GET', '/v1/schemas')).body;
  const fetched = items.map(async ({ type, url }: { type: string; url: string }) => [
    type,
    await (await fetch(url)).json(),
  ]);
  schemas = Object.fromEntries(await Promise.all(fetched));
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  validators = Object.fromEntries(
    Object.entries(schemas).map(([type, schema]) => [type, ajv.compile(schema)]),
  );
});
afterAll(async () => app.stop());

/** As it is sent. */
function bodyOf(content: Content): any {
  const to = recipient(content.kind === 'alert' || content.kind === 'echo' ? {} : { alert: null });
  const { head, rest } = fillBody(renderBody(content), to);
  return JSON.parse(head + rest.toString());
}

const accepts = (type: string, body: unknown) => validators[type]?.(body) === true;

describe('the schemas of what webhooks get', () => {
  it('are listed with their versions, for anybody and every tool', async () => {
    const list = await app.call('GET', '/v1/schemas');
    expect(list.status).toBe(200);
    const types = [...eventTypes, 'endpoint.test'];
    expect(list.body).toEqual({
      items: types.map((type) => ({ type, version: 1, url: `${app.url}/v1/schemas/${type}.v1.json` })),
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

  it.each(['alert.created.v2.json', 'alert.created.json', 'digest.v1.json', '..%2Fopenapi.json'])(
    'are no others: %s',
    async (name) => {
      const { status, headers } = await app.call('GET', `/v1/schemas/${name}`);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('accept what is sent of an event that writes addresses, hashes and times in its own way', async () => {
    const account = await app.createAccount();
    const receiver = await startWebhookReceiver();
    const odd = {
      capturedAt: '2026-03-06T20:03:12.5+02:00',
      sourceUrl: 'https://x.example/ü?q=a b|c',
      sha256: 'C61AF89C19589F506FD3FC8BBB8010407F0052D2E845554C876B99CC2495D2CE',
    };
    const event = provisionEvent({
      entity: 'odd',
      time: '2026-03-24T09:00:00.123456-05:30',
      after: { ...side('high'), capture: odd },
    });
    const { id } = await webhookTo(app, account, receiver.url());
    await watch(app, account, [['entity', 'odd']], { destinationIds: [id] });
    await app.postEvents([event]);
    await app.work();
    const [request] = receiver.requests;
    const body = JSON.parse(request!.body.toString());
    expect([accepts('alert.created', body), validators['alert.created']?.errors]).toEqual([true, null]);
    expect(body.data.changes[0].capture.after).toEqual({ ...odd, capturedAt: '2026-03-06T18:03:12.500Z' });
    await receiver.close();
  });

  it('accept what is sent', () => {
    for (const tier of Tier.options)
      expect(accepts('alert.created', bodyOf(alertContent({ tier })))).toBe(true);
    const bare = [changeContent({ analysis: null, capture: { before: null, after: null } })];
    expect(accepts('alert.created', bodyOf(alertContent({ changes: bare, revision: { id: null } })))).toBe(
      true,
    );
    expect(accepts('endpoint.test', bodyOf({ kind: 'test', archiveName: 'Archive' }))).toBe(true);
    const flapping = { since: '2026-05-01T00:00:00.000Z', times: 4 };
    const late = [changeContent({ effectiveAt: '2026-04-01', flapping })];
    expect(accepts('alert.created', bodyOf(alertContent({ changes: late })))).toBe(true);
  });

  it.each(eventTypes)('accept what is sent as %s, and nothing that lacks a part', (type) => {
    const contents = [
      alertContent(),
      ...echoKinds.map((about) => echoContent({ about, reason: about === 'retracted' ? 'A mix-up.' : null })),
      digestContent(),
      heartbeatContent(),
      coverageContent(),
      coverageContent({ about: 'back', cause: 'unverified', lastVerified: null, detail: null }),
    ];
    const bodies = contents.map(bodyOf).filter((body) => body.type === type);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      expect([accepts(type, body), validators[type]?.errors]).toEqual([true, null]);
      for (const part of Object.keys(body.data)) {
        const { [part]: _, ...data } = body.data;
        expect(accepts(type, { ...body, data })).toBe(false);
      }
    }
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
