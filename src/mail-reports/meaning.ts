/**
 * What a refusal means for the address and for later mails to it.
 *
 * `bad-mailbox`: nobody is there, write no more. `mailbox-full` and `temporary`: try again. `policy`: they do not want mail
 * such as ours, or from us: try again later, and have the operator look. `too-big`: this mail will never pass, another may.
 * `protocol`: our side or a relay of ours is at fault, so the operator has to mend it; the address is not to blame.
 */
export type Meaning = 'bad-mailbox' | 'mailbox-full' | 'temporary' | 'policy' | 'too-big' | 'protocol';
