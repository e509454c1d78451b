import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { parseRowId, type DeliveryId } from '../domain/ids.js';
import { base32, fromBase32 } from './base32.js';

/** 96 bits: nobody comes upon a good one by trying, since each try is a mail. */
const macBytes = 12;
const idBytes = 8;
const tokenLength = ((macBytes + idBytes) / 5) * 8;
/** RFC 5321, 4.5.3.1. */
const longestLocalPart = 64;
const longestAddress = 254;

/** Return paths of their own for each delivery (VERP), by which a bounce tells what it is about, and that it is one. */
export type ReturnPaths = {
  /** @returns such as `bounce+2nq7…@example.org`, always the same for the same delivery */
  of(delivery: { deliveryId: DeliveryId }): string;
  /**
   * Finds the delivery in an address that mail systems may have changed the case of, or wrapped (SRS, BATV: `…=bounce+…@…`).
   * The domain is not looked at: the token proves itself, and some relays rewrite the domain.
   *
   * @returns null for an address that has no token of ours
   */
  read(address: string): DeliveryId | null;
  /** Of several addresses the first that has a token of ours. */
  readFirst(addresses: readonly string[]): DeliveryId | null;
};

/**
 * A token holds the delivery's id, encrypted and authenticated (as SIV, RFC 5297, has it: the mac of the id is what it is
 * encrypted with), so that nobody can forge a bounce for somebody else's delivery, and an address gives away neither the
 * id nor how many mails go out. Only letters and digits, and case means nothing.
 *
 * Token: base32 of HMAC-SHA-256 of the id (12 bytes), and the id XOR HMAC-SHA-256 of those (8 bytes).
 *
 * @param bounceAddress where bounces go, such as `bounce@example.org`
 * @throws RangeError when that leaves no room for a token
 */
export function returnPaths(bounceAddress: string, key: string): ReturnPaths {
  const at = bounceAddress.lastIndexOf('@');
  const [local, domain] = [bounceAddress.slice(0, Math.max(at, 0)), bounceAddress.slice(at + 1)];
  if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/i.test(local) || !/^[a-z0-9.-]+$/i.test(domain)) {
    throw new RangeError('the address for bounces must be plain, such as "bounce@example.org"');
  }
  if (
    local.length + 1 + tokenLength > longestLocalPart ||
    bounceAddress.length + 1 + tokenLength > longestAddress
  ) {
    const most = longestLocalPart - 1 - tokenLength;
    throw new RangeError(
      `the address for bounces must leave room: at most ${most} characters before the "@"`,
    );
  }
  const [macKey, cipherKey] = ['mac', 'cipher'].map((use) =>
    Buffer.from(hkdfSync('sha256', key, '', `tocsin return path v1 ${use}`, 32)),
  ) as [Buffer, Buffer];
  const pattern = new RegExp(`(?:^|=)${local.replaceAll('.', '\\.')}\\+([a-z2-7]{${tokenLength}})@`, 'i');

  const macOf = (id: Buffer) => createHmac('sha256', macKey).update(id).digest().subarray(0, macBytes);
  const encrypted = (id: Buffer, mac: Buffer) => {
    const pad = createHmac('sha256', cipherKey).update(mac).digest();
    return Buffer.from(id.map((byte, n) => byte ^ pad[n]!));
  };
  const read = (address: string) => {
    const token = pattern.exec(address.trim())?.[1];
    if (token === undefined) return null;
    const bytes = fromBase32(token);
    const mac = bytes.subarray(0, macBytes);
    // What encrypts decrypts as well.
    const id = encrypted(bytes.subarray(macBytes), mac);
    if (!timingSafeEqual(mac, macOf(id))) return null;
    return parseRowId<'delivery'>(id.readBigUInt64BE().toString());
  };

  return {
    of({ deliveryId }) {
      const id = Buffer.alloc(idBytes);
      id.writeBigUInt64BE(BigInt(deliveryId));
      const mac = macOf(id);
      return `${local}+${base32(Buffer.concat([mac, encrypted(id, mac)]))}@${domain}`;
    },
    read,
    readFirst(addresses) {
      for (const address of addresses) {
        const deliveryId = read(address);
        if (deliveryId !== null) return deliveryId;
      }
      return null;
    },
  };
}
