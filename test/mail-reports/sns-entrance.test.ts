import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSnsUrl } from '../../src/mail-reports/sns-certificates.js';
import { SnsEntrance } from '../../src/mail-reports/sns-entrance.js';
import { signer, type Signer } from './certificate.js';

const now = new Date('2026-11-23T10:00:00Z');
const year = { from: new Date('2026-05-01T00:00:00Z'), to: new Date('2027-05-01T00:00:00Z') };
const amazon = signer(year);
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:tocsin-mail';
const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';

const notification = {
  Type: 'Notification',
  MessageId: 'c4a1b2f0-5b0e-5c2d-8f00-0d2f4f1e9a77',
  TopicArn: topicArn,
  Subject: 'Amazon SES Email Event Notification',
  Message: '{"notificationType":"Bounce"}',
  Timestamp: '2026-11-23T09:59:58.123Z',
  SignatureVersion: '1',
  SigningCertURL: certificateUrl,
  UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
};
const subscription = {
  ...notification,
  Type: 'SubscriptionConfirmation',
  Message: 'You have chosen to subscribe to the topic.\nTo confirm the subscription, visit the SubscribeURL.',
  Subject: undefined,
  Token: '2336412f37fb687f5d51e6e2',
  SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=2336`,
};

/** Signs as Amazon says that it does, spelled out here: names and values on lines of their own, by name. */
function signed(message: Record<string, string | undefined>, by: Signer = amazon): string {
  const names =
    message['Type'] === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names.flatMap((name) => (message[name] === undefined ? [] : [name, message[name]])).join('\n');
  const algorithm = message['SignatureVersion'] === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  const Signature = sign(algorithm, Buffer.from(`${text}\n`), by.privateKey).toString('base64');
  return JSON.stringify({ Signature, ...message });
}

function entrance(pem: string | (() => Promise<string>) = amazon.pem) {
  const fetched: string[] = [];
  const door = new SnsEntrance({
    topicArns: [topicArn],
    fetchCertificate: async (url) => {
      fetched.push(url.href);
      return typeof pem === 'string' ? pem : pem();
    },
  });
  return { fetched, read: async (body: string, at = now) => door.read(body, at) };
}

describe('what Amazon SNS signed', () => {
  it.each(['1', '2'])('is let in: version %s', async (SignatureVersion) => {
    const { read } = entrance();
    const { MessageId: id, Message: message } = notification;
    const expected = { kind: 'notification', id, topicArn, message };
    expect(await read(signed({ ...notification, SignatureVersion }))).toEqual(expected);
    expect(await read(signed({ ...notification, SignatureVersion, Subject: undefined }))).toEqual(expected);
  });

  it('has its certificate fetched once', async () => {
    const { fetched, read } = entrance();
    await Promise.all([read(signed(notification)), read(signed(notification))]);
    expect(await read(signed(subscription))).toMatchObject({ kind: 'confirm' });
    expect(fetched).toEqual([certificateUrl]);
  });

  it('says where a subscription is to be confirmed, and when it ended', async () => {
    const { read } = entrance();
    expect(await read(signed(subscription))).toEqual({
      kind: 'confirm',
      topicArn,
      url: new URL(subscription.SubscribeURL),
    });
    const ended = { ...subscription, Type: 'UnsubscribeConfirmation' };
    expect(await read(signed(ended))).toEqual({ kind: 'ended', topicArn });
  });
});

describe('what anybody may send', () => {
  const changed: [string, string][] = [
    ['Message', '{"notificationType":"Complaint"}'],
    ['MessageId', 'c4a1b2f0-5b0e-5c2d-8f00-0d2f4f1e9a78'],
    ['Subject', 'another'],
    ['Timestamp', '2026-11-23T09:59:59.123Z'],
    ['SignatureVersion', '2'],
    ['Signature', Buffer.alloc(256, 7).toString('base64')],
    ['Signature', ''],
  ];
  it.each(changed)('is refused with another %s', async (name, value) => {
    const body = JSON.parse(signed(notification)) as Record<string, string>;
    const { read } = entrance();
    expect(await read(JSON.stringify({ ...body, [name]: value }))).toEqual({
      kind: 'refused',
      reason: 'its signature is wrong',
    });
  });

  it('is refused when what was signed is made into another type', async () => {
    const body = JSON.parse(signed(subscription)) as Record<string, string>;
    const { read } = entrance();
    for (const Type of ['Notification', 'UnsubscribeConfirmation']) {
      expect(await read(JSON.stringify({ ...body, Type }))).toMatchObject({ kind: 'refused' });
    }
  });

  it('is refused when it is of a topic that the operator did not name, and nothing is fetched for it', async () => {
    const { fetched, read } = entrance();
    const TopicArn = 'arn:aws:sns:eu-west-1:999999999999:tocsin-mail';
    expect(await read(signed({ ...notification, TopicArn }))).toMatchObject({ kind: 'refused' });
    expect(fetched).toEqual([]);
  });

  it.each([
    'http://sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem',
    'https://evil.example/sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/a.pem',
    'https://evil.example#sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns-eu-west-1.amazonaws.com/a.pem',
    'https://s3.eu-west-1.amazonaws.com/a.pem',
    'https://sns.evil.s3.amazonaws.com/a.pem',
    'https://sns.evil.amazonaws.com/a.pem',
    'https://x.sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/a.pem',
    'https://user@sns.eu-west-1.amazonaws.com/a.pem',
    'https://:password@sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com/a.pem?x=.pem',
    'https://sns.eu-west-1.amazonaws.com/?Action=a.pem',
    'https://sns.eu-west-1.amazonaws.com/a.pem#b.pem',
    'https://sns.eu-west-1.amazonaws.com/a.txt',
    'https://sns.eu-west-1.amazonaws.com/b/a.pem',
    'https://127.0.0.1/a.pem',
    'file:///a.pem',
    'a.pem',
    '',
  ])('has no certificate fetched from %s', async (SigningCertURL) => {
    const { fetched, read } = entrance();
    expect(await read(signed({ ...notification, SigningCertURL }))).toEqual({
      kind: 'refused',
      reason: 'its certificate is none of Amazon SNS',
    });
    expect(fetched).toEqual([]);
  });

  it.each([
    'https://sns.us-gov-west-1.amazonaws.com/a.pem',
    'https://sns.cn-north-1.amazonaws.com.cn/a.pem',
    'https://sns.ap-southeast-2.amazonaws.com/SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem',
  ])('may name a certificate at %s', (url) => {
    expect(isSnsUrl(new URL(url))).toBe(true);
  });

  it('is refused with a certificate that is not good now, is of another kind, or is none', async () => {
    const elliptic = signer(year, generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    for (const at of ['2026-04-30T00:00:00Z', '2027-05-02T00:00:00Z']) {
      expect(await entrance().read(signed(notification), new Date(at))).toMatchObject({ kind: 'refused' });
    }
    for (const pem of [elliptic.pem, 'no certificate', '']) {
      expect(await entrance(pem).read(signed(notification))).toEqual({
        kind: 'refused',
        reason: 'its certificate is none of Amazon SNS',
      });
    }
  });

  it('is refused when a stranger signed it', async () => {
    expect(await entrance().read(signed(notification, signer(year)))).toMatchObject({ kind: 'refused' });
  });

  it('leads nowhere but to Amazon to confirm', async () => {
    for (const SubscribeURL of ['https://evil.example/?Action=ConfirmSubscription', 'http://10.0.0.1/', '']) {
      expect(await entrance().read(signed({ ...subscription, SubscribeURL }))).toMatchObject({
        kind: 'refused',
      });
    }
  });

  it.each(['', 'null', '[]', '{}', '{"Type":"Notification"}', '{"__proto__":1', '"x"'])(
    'is refused: %s',
    async (body) => {
      expect(await entrance().read(body)).toEqual({ kind: 'refused', reason: 'it is no SNS message' });
    },
  );
});

describe('a certificate that cannot be fetched', () => {
  it('ends the attempt, and is fetched anew at the next', async () => {
    let fails = true;
    const { fetched, read } = entrance(async () => {
      if (fails) throw new Error('no way to Amazon');
      return amazon.pem;
    });
    await expect(read(signed(notification))).rejects.toThrow('no way to Amazon');
    fails = false;
    expect(await read(signed(notification))).toMatchObject({ kind: 'notification' });
    expect(fetched).toHaveLength(2);
  });
});
