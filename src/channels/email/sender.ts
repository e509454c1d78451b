import MimeNode from 'nodemailer/lib/mime-node';
import { HeaderField } from './header-field.js';

/** Who mails come from. */
export type Sender = {
  /** The header field: name and address. */
  from: HeaderField;
  /** As the envelope names it, unless a mail has a return path of its own. */
  address: string;
  /** That of Message-IDs and List-Id. */
  domain: string;
};

/** Reads `Tocsin <alerts@example.org>`. @throws RangeError when there is no address that every server takes */
export function senderOf(from: string): Sender {
  const { from: address } = new MimeNode().setHeader('From', from).getEnvelope();
  // Without SMTPUTF8, which few offer, an address is ASCII; in angle brackets it must not end them.
  const domain = /^[!-=?-~]+@([a-z0-9.-]+)$/i.exec(address || '')?.[1];
  if (domain === undefined || address === false) {
    throw new RangeError('the sender needs an address with a domain, both in ASCII');
  }
  return {
    from: new HeaderField('From', MimeNode.encodeHeaderValue('From', from)),
    address,
    domain: domain.toLowerCase(),
  };
}
