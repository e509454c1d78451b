import type { Meaning } from './meaning.js';

/** Only the beginning is looked at: it is where servers say why, and a link to a page of theirs follows. */
const looksAt = 1_000;

/**
 * Words by which widespread mail systems say why they refuse, the ones most easily taken for others first: "sender address
 * rejected: user unknown" and "your account is suspended" are about us, and "blocked" in whatever sentence is not about a
 * missing mailbox.
 */
const wellKnown: readonly (readonly [RegExp, Meaning])[] = [
  // Google: "is receiving mail at a rate that prevents additional messages from being delivered".
  [/\bat a rate\b|\breceivingrate/i, 'temporary'],
  [
    /\b(?:your|sender(?:['’]?s)?|sending) (?:(?:e-?mail|mail|sending|user) )?(?:account|address|user)\b/i,
    'protocol',
  ],
  [
    /\bsender (?:address )?(?:rejected|verif|denied|unknown|domain)|\brelay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:allowed|permitted))|\b(?:unable|not (?:allowed|permitted)) to relay|\brcpthosts\b|\bauthentication (?:is )?required|\bmust issue a starttls\b|\bsyntax error\b/i,
    'protocol',
  ],
  [
    /\bmessage (?:is |was )?(?:too (?:big|large|long)|larger than)|\b(?:message|mail) ?size\b.{0,30}\b(?:exceed|limit|too)|\bexceeds? .{0,40}\b(?:message|maximum|mail|fixed) size\b|\bsize limit\b/i,
    'too-big',
  ],
  [
    /\b(?:over|exceed\w*|out of) (?:\w+ ){0,3}(?:quota|storage)\b|\bover-?quota\b|\bquota (?:is )?(?:exceeded|full|limit)|\b(?:mailbox|inbox|account|user) (?:is |has )?(?:too )?full\b|\b(?:mailbox|inbox) (?:size )?(?:limit )?exceed|\bfull mailbox\b|\binsufficient (?:\w+ )?(?:storage|space|quota)\b|\bnot enough (?:storage |disk )?space\b/i,
    'mailbox-full',
  ],
  [
    /\bspam\b|\bblock(?:ed|list(?:ed)?)\b|\bblack ?list|\bpolicy\b|\breputation\b|\bunsolicited\b|\bdnsbl\b|\brbl\b|\bspamhaus\b|\bdmarc\b|\bspf\b|\bdkim\b|\bunauthenticated\b|\bbanned\b|\bvirus\b|\bmalware\b|\bcontent (?:was |is )?(?:rejected|denied)\b|\b(?:rate|sending) limit|\btoo many (?:messages|connections)/i,
    'policy',
  ],
  [
    /\b(?:user|recipient|mailbox|account|address|alias|e-?mail) (?:\w+ )?(?:is |was |has been |does )?(?:unknown|not (?:found|exist|known|here|valid|available|listed|a valid|active|recogni[sz]ed)|disabled|deactivated|suspended|closed|inactive|invalid|unavailable|undeliverable|no longer|non-?existent)/i,
    'bad-mailbox',
  ],
  [
    /\b(?:unknown|invalid|non-?existent|no such|no valid|illegal|disabled|inactive|bad destination) (?:local )?(?:user|recipient|mailbox|account|address|alias|person|domain|host)/i,
    'bad-mailbox',
  ],
  [
    /\b(?:does|do)(?: not|n['’]t) (?:exist|have an? (?:\S+ )?account)|\bno mailbox here\b|\bnot (?:our|a local) (?:customer|user|mailbox|address)|\bno longer (?:available|valid|accept\w*|in use|on (?:this )?server|work\w*|exists?)\b|\brecip(?:ient)?notfound\b|\brecipient address rejected: access denied\b/i,
    'bad-mailbox',
  ],
  [
    /\bunrouteable (?:address|mail domain)\b|\bhost or domain name not found\b|\bdomain (?:name )?not found\b|\bcouldn['’]t find any host named\b|\bnxdomain\b|\bnull mx\b/i,
    'bad-mailbox',
  ],
  [
    /\bgr[ea]ylist|\btry (?:again|later)|\btemporar|\btimed? ?out\b|\bconnection (?:refused|reset|closed|lost)|\bthrottl|\bservice (?:is )?unavailable\b|\bin the queue too long\b|\bretry (?:timeout|time)\b/i,
    'temporary',
  ],
];

/** What well-known words in a server's reason mean; null when there are none. */
export function meaningOfWords(reason: string): Meaning | null {
  // The name of a mailbox is no reason: <spam@example.org>.
  const words = reason.slice(0, looksAt).replaceAll(/\S+@\S+/g, ' ');
  return wellKnown.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
