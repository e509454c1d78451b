import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillBody, renderBody, type WebhookTemplate } from '../../../src/channels/webhook/body.js';
import { webhookPayloads } from '../../../src/channels/webhook/payload.js';
import type { EventType } from '../../../src/channels/webhook/event-type.js';
import type { ChangeContent, Recipient } from '../../../src/domain/alert-content.js';
import { type EchoContent } from '../../../src/domain/echo-content.js';
import { echoKinds } from '../../../src/domain/echo-kind.js';
import { Tier } from '../../../src/domain/tiers.js';
import { alertContent, changeContent, recipient } from '../../support/alert-content-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeatContent,
} from '../../support/digest-content-fixture.js';

const { 'alert.created': AlertCreated, 'endpoint.test': EndpointTest } = webhookPayloads;

/** The whole body, as it is sent. */
function filled(template: WebhookTemplate, to: Recipient): string {
  const { head, rest } = fillBody(template, to);
  return head + rest.toString();
}

const keysOf = (value: unknown) => Object.keys(value as object);

describe('the body of a webhook', () => {
  it.each(Tier.options)('holds exactly what its schema says, in the tier %s', (tier) => {
    const body: unknown = JSON.parse(filled(renderBody(alertContent({ tier })), recipient()));
    expect(AlertCreated.parse(body)).toEqual(body);
  });

  it('has the fields of an alert in the order of the contract', () => {
    const body = AlertCreated.parse(JSON.parse(filled(renderBody(alertContent()), recipient())));
    expect(keysOf(body)).toEqual(['type', 'timestamp', 'data']);
    expect(keysOf(body.data)).toEqual(['alert', 'entity', 'document', 'revision', 'changes']);
    expect(keysOf(body.data.alert)).toEqual(['id', 'url', 'watchlists', 'followUp']);
    expect(keysOf(body.data.entity)).toEqual(['id', 'name', 'exposure']);
    expect(keysOf(body.data.document)).toEqual(['id', 'title', 'url', 'exposure']);
    const [change] = body.data.changes;
    const fields =
      'id url time effectiveAt notice provision delta text standing capture citation analysis locked flapping revertedAt retractedAt';
    expect(keysOf(change)).toEqual(fields.split(' '));
    expect(keysOf(change?.provision)).toEqual(['id', 'title', 'clauseType', 'categories']);
    expect(keysOf(change?.delta)).toEqual(['kind', 'before', 'after', 'change', 'direction']);
    expect(keysOf(change?.text)).toEqual(['before', 'after']);
    expect(keysOf(change?.standing)).toEqual(['lower', 'equal', 'higher']);
    expect(keysOf(change?.capture)).toEqual(['before', 'after']);
  });

  it('is as one JSON.stringify would write it, whatever the words of recipient and content', () => {
    const words = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(words, words, words, fc.boolean(), (name, title, id, followUp) => {
        const content = alertContent({ followUp, entity: { ...alertContent().entity, name: title } });
        const alert = { id, url: name, watchlists: [{ id: '1', name }] };
        const body = filled(renderBody(content), recipient({ alert }));
        expect(JSON.stringify(JSON.parse(body))).toBe(body);
        expect(JSON.parse(body)).toMatchObject({
          data: { alert: { ...alert, followUp }, entity: { name: title } },
        });
      }),
    );
  });

  it('is dated by the delivery and not by the clock, so that each attempt sends the same bytes', () => {
    const template = renderBody(alertContent());
    const body = filled(template, recipient({ createdAt: '2026-01-02T03:04:05.678Z' }));
    expect(JSON.parse(body)).toMatchObject({ timestamp: '2026-01-02T03:04:05.678Z' });
    expect(filled(template, recipient({ createdAt: '2026-01-02T03:04:05.678Z' }))).toBe(body);
  });

  it('says null where an event was silent', () => {
    const changes = [changeContent({ analysis: null, effectiveAt: null })];
    const content = alertContent({ changes, revision: { id: null } });
    const body = AlertCreated.parse(JSON.parse(filled(renderBody(content), recipient())));
    expect(body.data.revision.id).toBeNull();
    expect(body.data.changes[0]).toMatchObject({ analysis: null, effectiveAt: null });
  });

  it('of what became of an alert names the alert as it was told, and holds what its schema says', () => {
    for (const about of echoKinds) {
      const content = echoContent({ about, reason: 'A mix-up.' });
      const body = JSON.parse(filled(renderBody(content), recipient()));
      const told = JSON.parse(filled(renderBody(alertContent()), recipient()));
      expect(webhookPayloads[`alert.${about}`].parse(body)).toEqual(body);
      expect(body.type).toBe(`alert.${about}`);
      const { followUp: _, ...alert } = told.data.alert;
      expect(body.data.alert).toEqual(alert);
      expect(body.data.changes).toEqual(told.data.changes.slice(0, 2));
      expect(keysOf(body.data)).toEqual(['alert', 'entity', 'document', 'revision', 'changes', about]);
    }
  });

  it('says when a reverted alert went back and by what, and why the archive took one back', () => {
    const parts = (content: Partial<EchoContent>) =>
      JSON.parse(filled(renderBody(echoContent(content)), recipient())).data;
    const at = '2026-05-05T09:31:00.000Z';
    expect(parts({}).reverted).toEqual({
      at,
      by: [{ id: '60', url: 'https://tocsin.example/changes/60', time: at }],
      alertChanges: 6,
    });
    expect(parts({ about: 'retracted', reason: 'A mix-up.' }).retracted).toEqual({
      at,
      reason: 'A mix-up.',
      alertChanges: 6,
    });
    const soon = parts({ about: 'reminder' }).reminder;
    expect(soon).toEqual({ at, effectiveAt: '2026-06-01', alertChanges: 6 });
  });

  it('of a digest and of coverage is for one destination, and holds what its schema says', () => {
    const alone = recipient({ alert: null });
    const contents = [digestContent(), heartbeatContent(), coverageContent()] as const;
    for (const content of [...contents, coverageContent({ about: 'back' })]) {
      const body = JSON.parse(filled(renderBody(content), alone)) as { type: EventType };
      expect(webhookPayloads[body.type].parse(body)).toEqual(body);
    }
    const { data } = JSON.parse(filled(renderBody(digestContent()), alone));
    expect(data.window).toEqual({
      from: '2026-05-04T06:00:00.000Z',
      until: '2026-05-05T06:00:00.000Z',
      timeZone: 'Europe/Berlin',
      occasion: 'daily',
    });
    const [{ documents }] = data.entities;
    expect(documents[0].changes.map(({ steps }: { steps: unknown[] }) => steps.length)).toEqual([1, 3]);
    expect(documents[0].changes[1]).toMatchObject(
      JSON.parse(filled(renderBody(alertContent({ changes: [changeContent()] })), recipient())).data
        .changes[0],
    );
  });

  it('counts the notice of a change, and says that it goes back and forth', () => {
    const changed = (overrides: Partial<ChangeContent>) =>
      JSON.parse(filled(renderBody(alertContent({ changes: [changeContent(overrides)] })), recipient())).data
        .changes[0];
    expect(changed({ effectiveAt: '2026-06-01' }).notice).toEqual({ days: 28 });
    expect(changed({ effectiveAt: '2026-05-01' }).notice).toEqual({ days: -3 });
    expect(changed({ effectiveAt: null }).notice).toBeNull();
    expect(changed({}).flapping).toBeNull();
    const flapping = { since: '2026-05-01T00:00:00.000Z', times: 4 };
    expect(changed({ flapping }).flapping).toEqual(flapping);
  });

  it('of a test is small and says what it is', () => {
    const template = renderBody({ kind: 'test', archiveName: 'An "Archive"' });
    const body: unknown = JSON.parse(filled(template, recipient({ alert: null })));
    expect(EndpointTest.parse(body)).toEqual(body);
    expect(body).toMatchObject({ type: 'endpoint.test', data: { archive: 'An "Archive"' } });
  });

  it('does not exist for a confirmation, nor for an alert without its inbox entry', () => {
    expect(() => renderBody({ kind: 'confirm', archiveName: 'Archive' })).toThrow(RangeError);
    expect(() => filled(renderBody(alertContent()), recipient({ alert: null }))).toThrow(RangeError);
  });
});
