/** RFC 4648, 6, in lower case: mail systems change the case of addresses, and a token must outlive that. */
const digits = 'abcdefghijklmnopqrstuvwxyz234567';

/** @param bytes a multiple of five of them, so that there is nothing to fill up */
export function base32(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 5) {
    let bits = bytes.readUIntBE(at, 5);
    let group = '';
    for (let n = 0; n < 8; n++) {
      group = `${digits[bits % 32]}${group}`;
      bits = Math.floor(bits / 32);
    }
    text += group;
  }
  return text;
}

/** @param text of digits, a multiple of eight of them, in either case */
export function fromBase32(text: string): Buffer {
  const bytes = Buffer.alloc((text.length / 8) * 5);
  for (let at = 0; at < text.length; at += 8) {
    let bits = 0;
    for (const digit of text.slice(at, at + 8).toLowerCase()) bits = bits * 32 + digits.indexOf(digit);
    bytes.writeUIntBE(bits, (at / 8) * 5, 5);
  }
  return bytes;
}
