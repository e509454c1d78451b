import type { Transaction } from '../platform/database.js';

/**
 * Pauses whatever goes to a mailbox, for all accounts: there the reader told the mail provider to send no more. What was made
 * since, or confirmed, or stopped and taken back, is not what was meant then; see FIND_AT_MAILBOX. Locked in the order of ids.
 * Index: destination_mailbox. $1 key of the mailbox, $2 reason, $3 when the reader did so.
 */
const STOP_AT_MAILBOX = `
  with meant as materialized (
    select t.id, t.status from destination t
    where coalesce(t.mailbox, lower(t.settings ->> 'address')) = $1
      and (t.status = 'active' or t.status = 'paused' and t.reason is distinct from $2)
      and (t.provider_stopped_at is null or t.provider_stopped_at < $3)
      and greatest(t.created_at, t.resettled_at, t.confirmed_at) <= $3
    order by t.id for no key update of t
  )
  update destination t set status = 'paused', reason = $2, unsubscribed_at = $3, provider_stopped_at = $3,
    provider_stopped_from = meant.status
  from meant where t.id = meant.id`;

/**
 * Puts back what was paused so, to where it was. What its reader stopped by the link in a mail has another time, and stays.
 * Index: destination_mailbox. $1 key of the mailbox, $2 reason, $3 when the reader took it back.
 */
const RESUME_AT_MAILBOX = `
  with meant as materialized (
    select id from destination
    where coalesce(mailbox, lower(settings ->> 'address')) = $1 and status = 'paused' and reason = $2
      and unsubscribed_at = provider_stopped_at and provider_stopped_at <= $3
    order by id for no key update
  )
  update destination t set status = provider_stopped_from, reason = null, unsubscribed_at = null, failed_in_row = 0,
    failing_since = null
  from meant where t.id = meant.id`;

export type ReaderChoice = {
  /** Key of the mailbox. */
  mailbox: string;
  /** The reason that owners read. */
  reason: string;
  at: Date;
};

/** @returns how many destinations were stopped */
export async function stopAtMailbox(tx: Transaction, { mailbox, reason, at }: ReaderChoice): Promise<number> {
  return tx.execute(STOP_AT_MAILBOX, [mailbox, reason, at]);
}

/** @returns how many go on */
export async function resumeAtMailbox(
  tx: Transaction,
  { mailbox, reason, at }: ReaderChoice,
): Promise<number> {
  return tx.execute(RESUME_AT_MAILBOX, [mailbox, reason, at]);
}
