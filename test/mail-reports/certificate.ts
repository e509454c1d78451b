import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

const der = (tag: number, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts);
  if (content.length < 128) return Buffer.concat([Buffer.of(tag, content.length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 255), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const time = (date: Date) => {
  const digits = date.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
};

/** 1.2.840.113549.1.1.11 and 2.5.4.3 (RFC 5280). */
const sha256WithRsa = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
const named = (name: string) =>
  sequence(der(0x31, sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(name)))));

export type Signer = { privateKey: KeyObject; pem: string };

/** A key with a certificate that it signed itself, as Amazon's stand at their address. */
export function signer(valid: { from: Date; to: Date }, keys = rsaKeys()): Signer {
  const certificate = sequence(
    der(0x02, Buffer.of(1)),
    sha256WithRsa,
    named('sns.amazonaws.com'),
    sequence(time(valid.from), time(valid.to)),
    named('sns.amazonaws.com'),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  // Only its key is asked for, so that who signed it may be left open where the key is no RSA key.
  const signature =
    keys.privateKey.asymmetricKeyType === 'rsa'
      ? sign('sha256', certificate, keys.privateKey)
      : Buffer.alloc(64);
  const all = sequence(certificate, sha256WithRsa, der(0x03, Buffer.of(0), signature));
  const lines = all.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    privateKey: keys.privateKey,
    pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

function rsaKeys() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}
