import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signedHeaders, signedMessage } from '../../../src/channels/webhook/standard-webhooks.js';
import { newSigningSecret } from '../../../src/channels/signing-secret.js';

describe('signedHeaders', () => {
  it('signs whatever body such that the library of the standard verifies it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w-]{1,30}$/), (text, id) => {
        const secret = newSigningSecret().secret;
        const body = Buffer.from(JSON.stringify(text));
        const headers = signedHeaders(id, new Date(), body, [secret]);
        expect(new Webhook(secret).verify(body, { ...headers })).toBe(text);
      }),
    );
  });

  it('gives to the byte what the library of the standard signs', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const at = new Date('2021-02-23T16:55:30.999Z');
    const body = '{"test": 2432232314}';
    const headers = signedHeaders('msg_7', at, Buffer.from(body), [secret]);
    expect(headers['webhook-timestamp']).toBe(String(Math.floor(at.getTime() / 1_000)));
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign('msg_7', at, body));
  });

  it('signs with every valid secret, newest first, so that either verifies while one is replaced', () => {
    const secrets = [newSigningSecret().secret, newSigningSecret().secret];
    const headers = signedHeaders('msg_7', new Date(), Buffer.from('{}'), secrets);
    const alone = secrets.map(
      (secret) => signedHeaders('msg_7', new Date(), Buffer.from('{}'), [secret])['webhook-signature'],
    );
    expect(headers['webhook-signature']).toBe(alone.join(' '));
    for (const secret of secrets) {
      expect(() => new Webhook(secret).verify('{}', { ...headers })).not.toThrow();
    }
    expect(() => new Webhook(newSigningSecret().secret).verify('{}', { ...headers })).toThrow(/signature/);
  });

  it('signs a body that comes in two parts as the whole that they are', () => {
    const words = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(words, words, (head, rest) => {
        const at = new Date();
        const secrets = [newSigningSecret().secret, newSigningSecret().secret];
        const whole = Buffer.from(head + rest);
        const message = signedMessage('msg_7', at, { head, rest: Buffer.from(rest) }, secrets);
        expect(message.body).toEqual(whole);
        expect(message.headers).toEqual(signedHeaders('msg_7', at, whole, secrets));
      }),
    );
  });

  it('throws on an id with "." and when there is no secret', () => {
    const at = new Date();
    expect(() => signedHeaders('msg.7', at, Buffer.of(), [newSigningSecret().secret])).toThrow(RangeError);
    expect(() => signedHeaders('msg_7', at, Buffer.of(), [])).toThrow(RangeError);
  });
});
