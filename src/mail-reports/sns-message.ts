import { verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** What Amazon SNS posts to an HTTP endpoint, whatever it is about. */
export const SnsMessage = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string().max(200),
  TopicArn: z.string().max(400),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.string().max(40),
  Token: z.string().optional(),
  SubscribeURL: z.string().max(4_000).optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().max(2_000),
  SigningCertURL: z.string().max(500),
});
export type SnsMessage = z.infer<typeof SnsMessage>;

/** The fields that are signed, in this order. */
const signedFields = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const;

/** The text that Amazon signs: names and values, each on a line; a field that is missing is left out with its name. */
function signedText(message: SnsMessage): string {
  return signedFields[message.Type]
    .filter((name) => message[name] != null)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
}

/** Whether the message is as the holder of the key signed it: RSA with SHA-1 (version 1) or SHA-256 (version 2). */
export function isSigned(message: SnsMessage, key: KeyObject): boolean {
  const algorithm = message.SignatureVersion === '1' ? 'sha1' : 'sha256';
  return verify(algorithm, Buffer.from(signedText(message)), key, Buffer.from(message.Signature, 'base64'));
}
