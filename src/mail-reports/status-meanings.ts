import type { Meaning } from './meaning.js';

/**
 * By subject and detail of a permanent enhanced status code: RFC 3463 and what the IANA registry "SMTP Enhanced Status Codes"
 * has beyond it. Left out on purpose are the codes that say too little, such as 5.0.0, and those that are used for more than
 * they stand for (see below): words and reply code decide there. 5.4.1 is what Microsoft says of a mailbox that does not
 * exist.
 */
export const meaningsOfCodes: Readonly<Record<string, Meaning>> = {
  // Addresses: 7 to 9 are about ours, the sender's. 10 is a null MX, and Microsoft's "recipient not found".
  '1.1': 'bad-mailbox',
  '1.2': 'bad-mailbox',
  '1.3': 'bad-mailbox',
  '1.4': 'bad-mailbox',
  '1.6': 'bad-mailbox',
  '1.7': 'protocol',
  '1.8': 'protocol',
  '1.9': 'protocol',
  '1.10': 'bad-mailbox',
  // Mailboxes.
  '2.2': 'mailbox-full',
  '2.3': 'too-big',
  '2.4': 'temporary',
  // The receiving system.
  '3.1': 'temporary',
  '3.2': 'temporary',
  '3.3': 'protocol',
  '3.4': 'too-big',
  '3.5': 'protocol',
  '3.6': 'temporary',
  // The way there. 4: no such domain any more; while a name server fails, the class is 4. 310 is Microsoft's for the same.
  '4.2': 'temporary',
  '4.3': 'temporary',
  '4.4': 'bad-mailbox',
  '4.5': 'temporary',
  '4.6': 'temporary',
  '4.7': 'temporary',
  '4.310': 'bad-mailbox',
  // The protocol, and what the mail is made of.
  '5.1': 'protocol',
  '5.2': 'protocol',
  '5.3': 'protocol',
  '5.4': 'protocol',
  '5.5': 'protocol',
  '5.6': 'protocol',
  '6.1': 'protocol',
  '6.2': 'protocol',
  '6.3': 'protocol',
  '6.4': 'protocol',
  '6.5': 'protocol',
  '6.6': 'protocol',
  '6.7': 'protocol',
  '6.8': 'protocol',
  '6.9': 'protocol',
  '6.10': 'protocol',
  // Security: 1 and 2 refuse the mail, 3 to 14 are about how we log in, sign and encrypt.
  '7.1': 'policy',
  '7.2': 'policy',
  '7.3': 'protocol',
  '7.4': 'protocol',
  '7.5': 'protocol',
  '7.6': 'protocol',
  '7.7': 'protocol',
  '7.8': 'protocol',
  '7.9': 'protocol',
  '7.10': 'protocol',
  '7.11': 'protocol',
  '7.12': 'protocol',
  '7.13': 'protocol',
  '7.14': 'protocol',
  '7.15': 'policy',
  '7.16': 'too-big',
  // Somebody else has the mailbox or the domain by now (RFC 7293): what was meant for the one must not reach the other.
  '7.17': 'bad-mailbox',
  '7.18': 'bad-mailbox',
  '7.19': 'temporary',
  // DKIM, SPF, reverse DNS, or several of them (26).
  '7.20': 'policy',
  '7.21': 'policy',
  '7.22': 'policy',
  '7.23': 'policy',
  '7.24': 'policy',
  '7.25': 'policy',
  '7.26': 'policy',
  // Our own domain says that it takes no mail (RFC 7505).
  '7.27': 'protocol',
  '7.28': 'policy',
  '7.29': 'policy',
  '7.30': 'protocol',
};

/**
 * For codes whose words may tell something else. 2.1 is a mailbox that is disabled, but also what Google says of one that gets
 * more mail within an hour than it may (ReceivingRatePerm).
 */
export const meaningsOfVagueCodes: Readonly<Record<string, Meaning>> = { '2.1': 'bad-mailbox' };

/** For codes that the tables do not have, once words told nothing. */
export const meaningsOfSubjects: Readonly<Record<string, Meaning>> = {
  '2': 'temporary',
  '3': 'temporary',
  '4': 'temporary',
  '5': 'protocol',
  '6': 'protocol',
  '7': 'policy',
};

/** By reply code (RFC 5321, 4954, 7504), of those who give no more. 550, 553 and 554 alone say too little to name a reason. */
export const meaningsOfReplies: Readonly<Record<number, Meaning>> = {
  500: 'protocol',
  501: 'protocol',
  502: 'protocol',
  503: 'protocol',
  504: 'protocol',
  530: 'protocol',
  534: 'protocol',
  535: 'protocol',
  538: 'protocol',
  551: 'bad-mailbox',
  552: 'mailbox-full',
  555: 'protocol',
  556: 'bad-mailbox',
};
