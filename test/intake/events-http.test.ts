import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const structured = { 'content-type': 'application/cloudevents+json' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };

const send = async (body: unknown, headers: Record<string, string> = structured, token = app.operatorToken) =>
  app.call('POST', '/v1/events', {
    token,
    headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });

const countChanges = async () => {
  const [row] = await app.database.query<{ count: number }>('select count(*)::integer as count from change');
  return row?.count;
};

describe('events in over HTTP', () => {
  it('takes one structured event and answers what it changed', async () => {
    const event = provisionEvent({ before: side('medium'), after: side('high') });
    const answer = await send(event);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      accepted: 1,
      duplicates: 0,
      results: [
        {
          id: event.id,
          status: 'accepted',
          changeId: expect.stringMatching(/^\d+$/),
          delta: { kind: 'escalated', before: 'medium', after: 'high', change: 1, direction: 'rise' },
        },
      ],
    });
  });

  it('takes the same event in binary mode', async () => {
    const { data, ...attributes } = provisionEvent({ entity: 'binary', before: null });
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeURIComponent(value)]),
    );
    const answer = await send(data, { ...headers, 'content-type': 'application/json' });
    expect(answer.status).toBe(202);
    expect(answer.body.results[0].delta.kind).toBe('introduced');
  });

  it('takes a batch, and says which of it is known', async () => {
    const [first, second] = [
      provisionEvent({ entity: 'batched' }),
      provisionEvent({ entity: 'batched', after: side('low') }),
    ];
    expect((await send([first], batch)).body).toMatchObject({ accepted: 1, duplicates: 0 });
    const answer = await send([first, second, second], batch);
    expect(answer.body).toMatchObject({ accepted: 1, duplicates: 2 });
    expect(answer.body.results.map((result: { status: string }) => result.status)).toEqual([
      'duplicate',
      'accepted',
      'duplicate',
    ]);
  });

  it('takes an empty batch', async () => {
    expect((await send([], batch)).body).toEqual({ accepted: 0, duplicates: 0, results: [] });
  });

  it('takes the example of the contract', async ({ skip }) => {
    let example: string;
    try {
      example = readFileSync(
        new URL('../../../shared/examples/provision-changed.json', import.meta.url),
        'utf8',
      );
    } catch {
      return skip('the contract with its example is not beside this checkout');
    }
    const answer = await send(example);
    expect(answer.body.results[0].delta).toEqual({
      kind: 'escalated',
      before: 'medium',
      after: 'high',
      change: 1,
      direction: 'rise',
    });
    const change = await app.call('GET', `/v1/changes/${answer.body.results[0].changeId}`, {
      token: app.operatorToken,
    });
    expect(change.body.exposure).toEqual({
      entity: { before: 3, after: 9 },
      document: { before: 3, after: 9 },
    });
  });

  it('makes one change of concurrent posts of the same event', async () => {
    const event = provisionEvent({ entity: 'raced', before: null });
    const answers = await Promise.all(Array.from({ length: 12 }, async () => send(event)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 12 }, () => 202));
    expect(answers.filter((answer) => answer.body.accepted === 1)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.body.results[0].changeId)).size).toBe(1);
  });

  it('keeps nothing of a batch in which one event is bad, and names every fault by its path', async () => {
    const before = await countChanges();
    const good = provisionEvent();
    const bad = provisionEvent();
    const answer = await send(
      [good, { ...bad, data: { ...bad.data, after: { severity: 'grave', text: 7 } } }],
      batch,
    );
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.errors.map((fault: { path: string }) => fault.path)).toEqual([
      '[1].data.after.severity',
      '[1].data.after.text',
    ]);
    expect(await countChanges()).toBe(before);
  });

  it('keeps nothing of a batch that withdraws what is not in force', async () => {
    const before = await countChanges();
    const answer = await send([provisionEvent(), provisionEvent({ entity: 'nowhere', after: null })], batch);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { path: '[1].data.after', message: expect.stringContaining('not in force') },
    ]);
    expect(await countChanges()).toBe(before);
  });

  it.each([
    ['malformed JSON', '{"specversion":', 400],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['an empty body', '', 400],
    ['an array where one event belongs', [], 422],
    ['null', 'null', 422],
    ['both sides null', provisionEvent({ before: null, after: null }), 422],
    ['an unknown type of event', { ...provisionEvent(), type: 'provision.changed.v9' }, 422],
    ['a subject that is not the provision', { ...provisionEvent(), subject: 'other' }, 422],
    ['a time that is none', { ...provisionEvent(), time: 'yesterday' }, 422],
    ['control characters in an id', provisionEvent({ provision: 'a\u0007b' }), 422],
    ['a line end in an id', provisionEvent({ entity: 'a\r\nb', document: 'd', provision: 'p' }), 422],
    ['an id of 50,000 characters', provisionEvent({ provision: 'x'.repeat(50_000) }), 422],
    ['a NUL in a text', provisionEvent({ after: side('low', 'a\u0000b') }), 422],
    [
      'half a surrogate pair in a text',
      JSON.stringify(provisionEvent({ after: side('low', 'X') })).replace('"X"', '"\\ud800"'),
      422,
    ],
    [
      'a link that is no web address',
      {
        ...provisionEvent(),
        data: { ...provisionEvent().data, document: { id: 'd', title: 't', url: 'javascript:alert(1)' } },
      },
      422,
    ],
    ['a megabyte of text', provisionEvent({ after: side('low', 'word '.repeat(210_000)) }), 413],
    [
      'a text just over the limit of an event',
      provisionEvent({ after: side('low', 'x'.repeat(256 * 1024)) }),
      413,
    ],
  ])('refuses %s', async (_name, body, status) => {
    const before = await countChanges();
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    expect(await countChanges()).toBe(before);
  });

  it('refuses a batch of 2,000 events, of over 8 MiB, or with one event too large', async () => {
    const many = Array.from({ length: 2_000 }, () => provisionEvent());
    expect((await send(many, batch)).status).toBe(413);
    const wide = Array.from({ length: 60 }, () =>
      provisionEvent({ after: side('low', 'y'.repeat(150_000)) }),
    );
    expect((await send(wide, batch)).status).toBe(413);
    const answer = await send(
      [provisionEvent(), provisionEvent({ after: side('low', 'z'.repeat(256 * 1024)) })],
      batch,
    );
    expect(answer.status).toBe(413);
    expect(answer.body.detail).toContain('[1]');
  });

  it('takes words of 50,000 characters, right-to-left and combining text as they are', async () => {
    const text = `${'w'.repeat(50_000)} שלום עולם \u202Eabc\u202C e\u0301\u0301\u0301 <script>alert(1)</script> <!channel>`;
    const answer = await send(provisionEvent({ entity: 'hostile', before: null, after: side('high', text) }));
    expect(answer.status).toBe(202);
    const change = await app.call('GET', `/v1/changes/${answer.body.results[0].changeId}`, {
      token: app.operatorToken,
    });
    expect(change.body.text.after).toBe(text);
  });

  it('refuses other media types by naming those it takes', async () => {
    const answer = await send(provisionEvent(), { 'content-type': 'application/json' });
    expect(answer.status).toBe(415);
    expect(answer.body.detail).toContain('application/cloudevents+json');
    expect((await send('<a/>', { 'content-type': 'application/xml' })).status).toBe(415);
  });

  it('takes a quoted attribute as the same, and refuses bodies that it would misread', async () => {
    const { data, ...attributes } = provisionEvent({ entity: 'quoted', before: null });
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]),
    );
    const json = { 'content-type': 'application/json' };
    expect((await send(data, { ...headers, ...json })).body).toMatchObject({ accepted: 1 });
    const quoted = { ...headers, 'ce-id': `"${attributes.id.replace('-', '\\-')}"`, ...json };
    expect((await send(data, quoted)).body).toMatchObject({ accepted: 0, duplicates: 1 });
    expect((await send(data, { ...headers, 'content-type': 'text/plain' })).status).toBe(415);
    expect(
      (await send(data, { ...headers, 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415);
    expect((await send(provisionEvent(), { ...structured, 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('answers a body that is far too large though the client is still writing it', async () => {
    for (const [size, type] of [
      [9_000_000, structured],
      [12_000_000, batch],
      [9_000_000, { 'content-type': 'application/json' }],
    ] as const) {
      for (let n = 0; n < 4; n++) expect((await send('x'.repeat(size), type)).status).toBe(413);
    }
  });

  it('lets a client finish writing a body that is too large before it answers and closes', async () => {
    const size = 9_000_000;
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.write(
      `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.operatorToken}\r\n` +
        `content-type: ${batch['content-type']}\r\ncontent-length: ${size}\r\n\r\n`,
    );
    socket.write('x'.repeat(1_000));
    // Round trips of others: an answer that came too early would be here by then.
    for (let n = 0; n < 20; n++) await app.call('GET', '/health/live');
    expect(answer).toBe('');
    socket.write('x'.repeat(size - 1_000));
    await once(socket, 'data');
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('answers what never reaches a handler as a problem too', async () => {
    for (const [path, status] of [
      ['/v1/entities/%zz', 400],
      [`/v1/entities/${'x'.repeat(3_000)}`, 414],
      ['/v1/nowhere', 404],
    ] as const) {
      const answer = await app.call('GET', path, { token: app.operatorToken });
      expect(answer.status, path).toBe(status);
      expect(answer.headers.get('content-type'), path).toBe('application/problem+json');
    }
    const form = await app.call('POST', '/v1/watchlists', {
      token: (await app.createAccount()).token,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=W',
    });
    expect(form.status).toBe(415);
  });

  it('is open to the operator and to tokens of scope ingest, and to nobody else', async () => {
    const account = await app.createAccount();
    expect((await send(provisionEvent(), structured, account.token)).status).toBe(403);
    const wrong = await send(provisionEvent(), structured, 'wrong-token');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer');
    expect(
      (await app.call('POST', '/v1/events', { headers: structured, body: JSON.stringify(provisionEvent()) }))
        .status,
    ).toBe(401);
  });
});
