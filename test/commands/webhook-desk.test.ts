import { describe, expect, it } from 'vitest';
import { fillBody, renderBody } from '../../src/channels/webhook/body.js';
import { newSigningSecret } from '../../src/channels/signing-secret.js';
import { signedHeaders } from '../../src/channels/webhook/standard-webhooks.js';
import { WebhookDesk, type TakenWebhook } from '../../src/commands/webhook-desk.js';
import { webhookLines } from '../../src/commands/webhook-lines.js';
import type { AlertContent } from '../../src/domain/alert-content.js';
import type { Content } from '../../src/domain/content.js';
import { alertContent, changeContent, hostile, recipient } from '../support/alert-content-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeatContent,
} from '../support/digest-content-fixture.js';

const [secret, other] = [newSigningSecret().secret, newSigningSecret().secret];

const morning = { now: () => new Date('2026-05-04T09:01:31.900Z') };

const deskWith = (...secrets: string[]) => new WebhookDesk(secrets, morning);

function alertBody(overrides: Partial<AlertContent> = {}): Buffer {
  const { head, rest } = fillBody(renderBody(alertContent(overrides)), recipient());
  return Buffer.concat([Buffer.from(head), rest]);
}

function taken(
  desk: WebhookDesk,
  { id = 'msg_1', at = new Date(), body = alertBody(), secrets = [secret] } = {},
): TakenWebhook {
  return desk.take({ ...signedHeaders(id, at, body, secrets) }, body);
}

describe('a webhook that is listened to', () => {
  it('verifies when any of the secrets signed it', () => {
    for (const desk of [deskWith(secret), deskWith(other, secret), deskWith(secret, other)]) {
      expect(taken(desk)).toMatchObject({ verified: true, reason: null, id: 'msg_1', type: 'alert.created' });
    }
    expect(taken(deskWith(secret), { secrets: [other, secret] })).toMatchObject({ verified: true });
  });

  it('says why it does not verify', () => {
    const desk = deskWith(secret);
    const long = new Date(Date.now() - 600_000);
    expect(taken(desk, { secrets: [other] }).reason).toBe('No matching signature found');
    expect(taken(desk, { at: long }).reason).toBe('Message timestamp too old');
    expect(desk.take({}, alertBody()).reason).toBe('Missing required headers');
    const headers = { ...signedHeaders('msg_1', new Date(), alertBody(), [secret]) };
    const changed = desk.take(headers, Buffer.concat([alertBody(), Buffer.from(' ')]));
    expect(changed).toMatchObject({ verified: false, reason: 'No matching signature found' });
  });

  it('is marked when it comes again, and never because somebody forged its id', () => {
    const desk = deskWith(secret);
    expect(taken(desk, { secrets: [other] }).time).toBe(1);
    expect(taken(desk).time).toBe(1);
    expect(taken(desk, { secrets: [other] }).time).toBe(1);
    expect([taken(desk).time, taken(desk).time]).toEqual([2, 3]);
    expect(taken(desk, { id: 'msg_2' }).time).toBe(1);
  });

  it('is not checked without a secret, and marked all the same', () => {
    const desk = deskWith();
    expect(taken(desk)).toMatchObject({ verified: null, reason: null, time: 1 });
    expect(taken(desk)).toMatchObject({ verified: null, time: 2 });
  });

  it('may be anything', () => {
    const desk = deskWith();
    for (const text of ['', 'no json', 'null', '7', '[]', '{"type":7}', '\u0000']) {
      expect(desk.take({}, Buffer.from(text))).toMatchObject({ id: null, type: null });
      expect(webhookLines(desk.take({}, Buffer.from(text)))).toBe(
        '09:01:31  no type  no id  not checked: no secret was given\n',
      );
    }
  });

  it('is refused a secret that is none', () => {
    expect(() => deskWith('whsec_ä')).toThrow('incorrect');
    expect(() => deskWith('whsec_')).toThrow('empty');
  });
});

describe('what is printed of it', () => {
  it('is what came, whether it verifies, and how each severity moved', () => {
    const changes = alertContent().changes.filter(({ id }) => ['41', '42', '44', '46'].includes(id));
    expect(webhookLines(taken(deskWith(secret), { body: alertBody({ changes }) }))).toBe(
      `09:01:31  alert.created  msg_1  verified
          Harbourline: Harbourline Terms of Service
          ▲ not in force → high    Binding Arbitration and Class Action Waiver (CA-P-1041)
          ▲ medium → high          Liability for Loss of Data (CA-P-1042)
          ▼ high → low             Notice before Suspension (CA-P-1044)
          = low → low              Governing Law (CA-P-1046)
`,
    );
  });

  it.each<[string, Content, string]>([
    [
      'alert.reverted',
      echoContent(),
      `went back at 2026-05-05T09:31:00.000Z, by 1 change:
          Harbourline: Harbourline Terms of Service
          ▲ not in force → high    Binding Arbitration and Class Action Waiver (CA-P-1041)
          ▲ medium → high          Liability for Loss of Data (CA-P-1042)`,
    ],
    [
      'alert.retracted',
      echoContent({ about: 'retracted', reason: 'A mix-up.' }),
      'was wrong: taken back at 2026-05-05T09:31:00.000Z (A mix-up.):',
    ],
    ['alert.corrected', echoContent({ about: 'corrected' }), 'corrected at 2026-05-05T09:31:00.000Z:'],
    ['alert.reminder', echoContent({ about: 'reminder' }), 'takes effect on 2026-06-01:'],
    [
      'digest.created',
      digestContent(),
      `daily, 2026-05-04T06:00:00.000Z to 2026-05-05T06:00:00.000Z: 5 changes, 1 cancelled out, 1 told before and no longer so
          Harbourline: Harbourline Terms of Service
          ▲ not in force → high    Binding Arbitration and Class Action Waiver (CA-P-1041)
          ▲ medium → high          Liability for Loss of Data (CA-P-1042)
          Lanternpay: Lanternpay User Agreement
          ▼ high → low             Notice before Suspension (CA-P-1044)`,
    ],
    ['digest.created', heartbeatContent(), '05-05T06:00:00.000Z: 0 changes, 41 documents followed\n'],
    [
      'coverage.lost',
      coverageContent(),
      'Harbourline: Harbourline Terms of Service\n          out of sight since 2026-05-02T04:00:00.000Z: unreachable',
    ],
    [
      'coverage.back',
      coverageContent({ about: 'back' }),
      'in sight again; it was not since 2026-05-02T04:00:00.000Z',
    ],
  ])('is of %s what it tells', (type, content, expected) => {
    const { head, rest } = fillBody(renderBody(content), recipient());
    const lines = webhookLines(taken(deskWith(secret), { body: Buffer.concat([Buffer.from(head), rest]) }));
    expect(lines).toContain(`  ${type}  msg_1  verified\n`);
    expect(lines).toContain(expected);
  });

  it('says that it is a repeat, and why it does not verify', () => {
    const desk = deskWith(secret);
    taken(desk);
    expect(webhookLines(taken(desk))).toContain('msg_1  verified, a repeat (time 2)\n');
    expect(webhookLines(taken(desk, { secrets: [other] }))).toContain(
      'msg_1  NOT VERIFIED: No matching signature found\n',
    );
  });

  it('holds no control character, whoever wrote it', () => {
    const clear = '\u001b[2J\u009b31m\r\n';
    const body = alertBody({
      entity: { ...alertContent().entity, name: `${clear}${hostile.lineEnds}` },
      changes: [changeContent({ provision: { ...changeContent().provision, title: clear, id: clear } })],
    });
    const desk = deskWith();
    const lines = [
      webhookLines(desk.take({ 'webhook-id': clear }, body)),
      webhookLines(desk.take({ 'webhook-id': clear }, Buffer.from(JSON.stringify({ type: clear })))),
    ].join('');
    expect(lines.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(lines.split('\n')).toHaveLength(5);
  });

  it('says where an alert is not as its schema has it', () => {
    const lines = webhookLines(deskWith().take({}, Buffer.from('{"type":"alert.created"}')));
    expect(lines).toContain('not as its schema has it: timestamp: ');
  });

  it('is cut when there are many changes', () => {
    const changes = Array.from({ length: 23 }, () => changeContent());
    const lines = webhookLines(taken(deskWith(secret), { body: alertBody({ changes }) })).split('\n');
    expect(lines).toHaveLength(24);
    expect(lines.at(-2)?.trim()).toBe('and 3 more');
  });
});
