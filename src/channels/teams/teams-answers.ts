import type { Outcome } from '../../domain/outcome.js';
import type { Answer } from '../../platform/outbound/post.js';
import { retryAfterSeconds } from '../../platform/outbound/retry-after.js';

/** What a code means for a delivery. `reason` is for the destination's owner: it says what to do. */
type Verdict = { kind: 'retry'; reason: string } | { kind: 'permanent'; reason: string; disable: boolean };

const refused = (reason: string): Verdict => ({ kind: 'permanent', reason, disable: false });
/** Nothing will arrive there until its owner acts, so that trying on is pointless. */
const closed = (reason: string): Verdict => ({ kind: 'permanent', reason, disable: true });

const gone = closed(
  'the workflow or connector was removed: make a new one for the channel and enter its URL',
);
const switchedOff = closed(
  'the workflow is switched off or was deleted: switch it on, or make a new one and enter its URL',
);
const wrongUrl = closed(
  'the workflow did not accept the URL: let anyone trigger it, and enter its whole URL, signature included',
);
const otherTrigger = closed(
  'the workflow expects another request: make it from the template for Teams webhooks and enter its URL',
);

/** When Teams says 429 and not how long: a webhook may send 60 messages in half a minute. */
const defaultWaitSeconds = 30;

/**
 * By the code of a workflow's error, else by HTTP status: the answer's own, or the one that a connector names in a 200. What
 * is not listed is tried again, 5xx above all: a repeat costs little, and the retry schedule ends by itself.
 *
 * A workflow that is gone answers 400 `WorkflowTriggerIsNotEnabled` as well as 404, so the code of an error comes first.
 * @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
const verdicts: Readonly<Record<string, Verdict>> = {
  400: refused('Teams refused the form of this message'),
  404: gone,
  410: gone,
  413: refused('Teams refused this message as too long'),
  429: { kind: 'retry', reason: 'Teams takes no more messages from this webhook at the moment' },

  WorkflowNotFound: gone,
  WorkflowTriggerNotFound: gone,
  WorkflowTriggerIsNotEnabled: switchedOff,
  WorkflowDisabled: switchedOff,
  DirectApiAuthorizationRequired: wrongUrl,
  AuthorizationFailed: wrongUrl,
  TriggerInputSchemaMismatch: otherTrigger,
};

/** @param at what a date in `Retry-After` counts from */
export function answerOutcome({ status, body, retryAfter }: Answer, at: Date): Outcome {
  const text = body.toString('utf8');
  if (status >= 200 && status < 300) return outcomeOfSuccess(status, text);
  const code = errorCode(text);
  return outcomeOfCode(code !== null && isListed(code) ? code : String(status), {
    status,
    excerpt: code,
    afterSeconds: retryAfterSeconds(retryAfter, at),
  });
}

/**
 * Workflows answer 202, connectors 200 and `1`. Yet connectors say 200 also when Teams behind them refused, and tell it
 * and its HTTP status only in words: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error
 * 429 with ContextId …". Nothing else tells, so these words have to be read.
 */
function outcomeOfSuccess(status: number, text: string): Outcome {
  if (!text.startsWith('Webhook message delivery failed')) return { kind: 'delivered', status };
  const code = /\bHTTP error (\d{3})\b/.exec(text)?.[1] ?? null;
  return outcomeOfCode(code ?? 'none', { status, excerpt: code === null ? null : `HTTP error ${code}` });
}

/** @param seen `excerpt` is a code alone: the rest of an answer may repeat the URL, which is a secret */
function outcomeOfCode(
  code: string,
  seen: { status: number; excerpt: string | null; afterSeconds?: number | undefined },
): Outcome {
  const verdict = isListed(code) ? verdicts[code]! : unlisted(code);
  const known = { status: seen.status, ...(seen.excerpt !== null && { excerpt: seen.excerpt }) };
  if (verdict.kind === 'permanent') return { ...verdict, ...known };
  const afterSeconds = seen.afterSeconds ?? (code === '429' ? defaultWaitSeconds : undefined);
  return { ...verdict, ...known, ...(afterSeconds !== undefined && { afterSeconds }) };
}

function isListed(code: string): boolean {
  return Object.hasOwn(verdicts, code);
}

function unlisted(code: string): Verdict {
  const isStatus = /^\d{3}$/.test(code);
  return { kind: 'retry', reason: isStatus ? `Teams answered HTTP ${code}` : 'Teams could not deliver it' };
}

/** `{"error": {"code": "WorkflowNotFound", …}}`. Codes look so; anything else in their place is never repeated. */
function errorCode(text: string): string | null {
  const code = /"code"\s*:\s*"([A-Za-z][A-Za-z0-9_]{1,79})"/.exec(text)?.[1];
  return code ?? null;
}
