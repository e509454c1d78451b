import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent } from './an-event.js';
import { postBatch } from './post-batch.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

type Answer = { status: number; type: string; body: Record<string, unknown> };

/** Sends the path as it is: `fetch` would resolve `%2e%2e` before it leaves. */
async function get(path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    const headers = { authorization: `Bearer ${app.operatorToken}` };
    request({ hostname, port, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: JSON.parse(text) as Record<string, unknown>,
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const things = ['entities', 'documents', 'provisions', 'clause-types', 'changes'];
const hostileIds = {
  unknown: 'nobody',
  NUL: '%00',
  'a line end': 'a%0d%0ab',
  'the folder above': '%2e%2e',
  'a path': '..%2f..%2fetc%2fpasswd',
  '300 characters': 'x'.repeat(300),
  '201 characters outside ASCII': encodeURIComponent('é'.repeat(201)),
  'a wildcard': '%25',
  quotes: '%27%3B--',
  'an emoji': encodeURIComponent('🔔'),
  'a lone zero': '0',
  'a number past bigint': '9223372036854775808',
  'a fraction': '1.5',
  'an ampersand': '1&id=2',
};

describe.each(things)('/v1/%s/:id', (thing) => {
  it.each(Object.entries(hostileIds))('answers %s with a 404 problem', async (_, id) => {
    const answer = await get(`/v1/${thing}/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 404, title: 'Not found', detail: expect.any(String) });
  });

  it('refuses a path that is no UTF-8 without an error of ours', async () => {
    const { status } = await get(`/v1/${thing}/%ff`);
    expect([400, 404]).toContain(status);
  });
});

it('finds ids of 200 characters, with slashes, dots and letters of any script', async () => {
  for (const id of ['x'.repeat(200), '法'.repeat(200), 'a/b?c#d e', '..', 'Ünïcode 🔔', '%2f', 'CA-P-1']) {
    await postBatch(app, [anEvent({ provision: { id } })]);
    const answer = await get(`/v1/provisions/${encodeURIComponent(id).replaceAll('.', '%2e')}`);
    expect(answer.body).toMatchObject({ id });
  }
});
