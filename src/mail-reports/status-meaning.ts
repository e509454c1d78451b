import type { Meaning } from './meaning.js';
import {
  meaningsOfCodes,
  meaningsOfReplies,
  meaningsOfSubjects,
  meaningsOfVagueCodes,
} from './status-meanings.js';
import { isOtherHostUnfound } from './unfound-host.js';
import { meaningOfWords } from './well-known-words.js';

/** What is known of a refusal. Whatever is missing or malformed is left out of account. */
export type Refusal = {
  /** Enhanced status code, such as `5.1.1`. */
  status?: string | null;
  /** SMTP reply code, such as 550. */
  reply?: number | null;
  /** The words of whoever refused. */
  diagnostic?: string | null;
  /** Whom the mail was for. */
  recipient?: string | null;
};

/**
 * What a refusal means: by its enhanced status code; by well-known words where that says too little or is missing; by the
 * reply code where they say nothing either. A permanent refusal that nothing explains is `policy`, so that an address is
 * given up only for a reason; without any code it is `temporary`. No mailbox is bad for a host that was not found, unless
 * that is the recipient's domain.
 */
export function meaningOf(refusal: Refusal): Meaning {
  const meaning = meaningAsSaid(refusal);
  const { diagnostic, recipient } = refusal;
  const isOurs = meaning === 'bad-mailbox' && isOtherHostUnfound(diagnostic ?? '', recipient ?? null);
  return isOurs ? 'protocol' : meaning;
}

function meaningAsSaid({ status, reply, diagnostic }: Refusal): Meaning {
  const [, severity, subject = '', detail = ''] = /^([45])\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? [];
  const code = `${subject}.${detail}`;
  const words = meaningOfWords(diagnostic ?? '');
  const isPermanent = severity === undefined ? (reply ?? 0) >= 500 : severity === '5';
  // Greylisting, a server that is shut down: whatever the reason, the next try may pass.
  if (!isPermanent && (severity !== undefined || reply != null)) {
    return code === '2.2' || words === 'mailbox-full' ? 'mailbox-full' : 'temporary';
  }
  return (
    meaningsOfCodes[code] ??
    words ??
    meaningsOfVagueCodes[code] ??
    meaningsOfSubjects[subject] ??
    meaningsOfReplies[reply ?? 0] ??
    (isPermanent ? 'policy' : 'temporary')
  );
}
