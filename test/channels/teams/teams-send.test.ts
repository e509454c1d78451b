import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { teamsChannel } from '../../../src/channels/teams/teams-channel.js';
import type { Outcome } from '../../../src/domain/outcome.js';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import {
  startWebhookReceiver,
  type ScriptedAnswer,
  type WebhookReceiver,
} from '../../support/webhook-receiver.js';
import { teamsFaults } from './teams-faults.js';

const path = '/workflows/SECRETPART/triggers/manual/paths/invoke?sig=SECRETPART';

let teams: WebhookReceiver;
let channel: ReturnType<typeof teamsChannel>;
let requestsBefore: number;

beforeAll(async () => {
  teams = await startWebhookReceiver();
  channel = teamsChannel({ allowNetworks: ['127.0.0.0/8'], version: '1.2.3', timeoutMs: 1_500 });
});
beforeEach(() => {
  requestsBefore = teams.requests.length;
});
afterAll(async () => {
  await channel.close();
  await teams.close();
});

async function send(webhookUrl = teams.url(path), signal = new AbortController().signal): Promise<Outcome> {
  const message = channel.fill(await channel.render(alertContent()), recipient());
  const at = new Date('2026-10-21T07:28:00Z');
  return channel.send(
    message,
    { settings: { webhookUrl }, signingSecrets: [] },
    { deliveryId: '9001', at, signal },
  );
}

/** Plays one answer and makes sure that there was one request and that the outcome gives nothing away. */
async function answered(answer: ScriptedAnswer): Promise<Outcome> {
  teams.script(path, answer);
  const outcome = await send();
  expect(teams.requests.length - requestsBefore).toBe(1);
  expect(JSON.stringify(outcome)).not.toMatch(/SECRETPART|127\.0\.0\.1|http:/);
  return outcome;
}

const inWords = (code: string) =>
  `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${code} with ContextId tcid=0,server=SECRETPART,cv=a.1..`;
const error = (code: string) => JSON.stringify({ error: { code, message: `see http://x/SECRETPART` } });
const closed = { kind: 'permanent', disable: true };
const refused = { kind: 'permanent', disable: false };
const retry = { kind: 'retry' };

describe('a message to an incoming webhook', () => {
  it('is posted once as JSON that keeps to the limits', async () => {
    expect(await answered({ status: 202 })).toEqual({ kind: 'delivered', status: 202 });
    const { method, headers, body } = teams.requests.at(-1)!;
    expect(method).toBe('POST');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['user-agent']).toBe('Tocsin/1.2.3 (+teams)');
    expect(teamsFaults(body.toString())).toEqual([]);
  });

  it.each([
    [200, '1', { kind: 'delivered' }],
    [200, '', { kind: 'delivered' }],
    [202, '', { kind: 'delivered' }],
    [200, inWords('429'), { ...retry, afterSeconds: 30, excerpt: 'HTTP error 429' }],
    [200, inWords('500'), retry],
    [200, inWords('412'), retry],
    [200, inWords('400'), refused],
    [200, inWords('413'), { ...refused, excerpt: 'HTTP error 413' }],
    [200, inWords('404'), closed],
    [200, 'Webhook message delivery failed with error: something else', retry],
    [302, '', retry],
    [400, 'Summary or Text is required.', refused],
    [400, error('SomethingNew'), { ...refused, excerpt: 'SomethingNew' }],
    [400, error('WorkflowTriggerIsNotEnabled'), { ...closed, excerpt: 'WorkflowTriggerIsNotEnabled' }],
    [400, error('TriggerInputSchemaMismatch'), closed],
    [400, error('constructor'), refused],
    [401, '', retry],
    [401, error('DirectApiAuthorizationRequired'), closed],
    [403, '', retry],
    [404, '', closed],
    [404, '<html>SECRETPART</html>', closed],
    [404, error('WorkflowNotFound'), closed],
    [404, error('<b>SECRETPART</b>'), closed],
    [410, '', closed],
    [413, '', refused],
    [408, '', retry],
    [429, '', { ...retry, afterSeconds: 30 }],
    [500, '', retry],
    [502, error('BadGateway'), { ...retry, excerpt: 'BadGateway' }],
    [503, '', retry],
    [504, '', retry],
  ])('takes %i %s as it is meant', async (status, body, expected) => {
    expect(await answered({ status, body })).toMatchObject({ ...expected, status });
  });

  it.each([
    [429, '17', 17],
    [503, '120', 120],
    [429, 'Wed, 21 Oct 2026 07:28:10 GMT', 10],
    [429, '999999999', 86_400],
    [429, 'soon', 30],
  ])('waits after %i with Retry-After: %s', async (status, header, afterSeconds) => {
    const limited = { status, headers: { 'retry-after': header } };
    expect(await answered(limited)).toMatchObject({ kind: 'retry', afterSeconds });
  });

  it('tries again when the connection breaks', async () => {
    expect(await answered('reset')).toEqual({
      kind: 'retry',
      reason: 'the connection broke before an answer came',
    });
  });

  it('gives up in time on an answer that does not come', async () => {
    expect(await answered('hang')).toEqual({ kind: 'retry', reason: 'no answer came in time' });
  });

  it('stops when it is told to', async () => {
    teams.script(path, 'hang');
    const controller = new AbortController();
    const sending = send(undefined, controller.signal);
    await teams.waitFor(requestsBefore + 1);
    controller.abort();
    expect(await sending).toMatchObject({
      kind: 'retry',
      reason: 'the service stopped before an answer came',
    });
  });

  it('tries again when nobody listens', async () => {
    const other = await startWebhookReceiver();
    await other.close();
    expect(await send(other.url(path))).toEqual({ kind: 'retry', reason: 'the connection was refused' });
  });

  it('goes nowhere that is not Teams, even if it once was allowed', async () => {
    const strict = teamsChannel({ allowNetworks: [] });
    const message = strict.fill(await strict.render(alertContent()), recipient());
    const target = { settings: { webhookUrl: teams.url(path) }, signingSecrets: [] };
    const context = { deliveryId: '1', at: new Date(0), signal: new AbortController().signal };
    expect(await strict.send(message, target, context)).toMatchObject(closed);
    await strict.close();
    expect(teams.requests.length).toBe(requestsBefore);
  });
});
