/**
 * Amazon's own classes, for bounces without a status code: by type and subtype. Whoever is on one of their suppression
 * lists is written to no more, so the address is as good as gone.
 */
const ofBounces: Readonly<Record<string, string>> = {
  'Permanent/NoEmail': '5.1.1',
  'Permanent/Suppressed': '5.1.1',
  'Permanent/OnAccountSuppressionList': '5.1.1',
  'Transient/MailboxFull': '4.2.2',
  'Transient/MessageTooLarge': '5.3.4',
  'Transient/CustomTimeoutExceeded': '4.4.7',
  'Transient/ContentRejected': '5.7.1',
  'Transient/AttachmentRejected': '5.7.1',
};

const ofTypes: Readonly<Record<string, string>> = {
  Permanent: '5.0.0',
  Transient: '4.0.0',
  Undetermined: '4.0.0',
};

/** Why Amazon still tries. */
const ofDelays: Readonly<Record<string, string>> = {
  InternalFailure: '4.3.0',
  MailboxFull: '4.2.2',
  SpamDetected: '4.7.1',
  RecipientServerError: '4.3.0',
  IPFailure: '4.7.1',
  TransientCommunicationFailure: '4.4.2',
  BYOIPHostNameLookupUnavailable: '4.4.3',
  SendingDeferral: '4.7.1',
};

/** The enhanced status code that is closest to how Amazon SES classes a bounce. */
export function statusOfBounce(type: string, subtype: string): string | null {
  return ofBounces[`${type}/${subtype}`] ?? ofTypes[type] ?? null;
}

/** The same for a delay. */
export function statusOfDelay(type: string): string {
  return ofDelays[type] ?? '4.0.0';
}
