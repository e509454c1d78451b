import type { DeliveryId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';

/** A report that comes again for the same sending is not new. Index: mail_report_delivery. $1 delivery, $2 when it was sent,
 * $3 finding, $4 now. */
const NOTE_REPORT = `
  insert into mail_report (delivery_id, sent_at, finding, at) values ($1, $2, $3, $4)
  on conflict (delivery_id, sent_at, finding) do nothing`;

/**
 * Makes a mail due again that was delivered and then refused by policy, if that is the first time for it, in a parcel of its
 * own. The attempt that delivered it moves into the log, as with a replay. Mails that an owner may ask for again are left
 * out, and those that are too old to be news. Indexes: the primary key, mail_report_delivery. $1 delivery, $2 due at, $3 sent
 * after this.
 */
const RESEND_ONCE = `
  with found as materialized (
    select id, lane, attempted_at, status, ms, excerpt, nextval('parcel_id_seq') as parcel_id
    from delivery
    where id = $1 and state = 'delivered' and kind in ('alert', 'notice', 'summary') and attempted_at > $3
      and (select count(*) from mail_report where delivery_id = $1 and finding = 'policy') = 1
    for no key update
  ), again as (
    update delivery d set state = 'due', parcel_id = found.parcel_id, due_at = $2, tries = 0, reason = null,
      delivered_at = null, attempted_at = null, status = null, ms = null, excerpt = null
    from found where d.id = found.id
  ), parcelled as (
    insert into parcel (id, lane, first_id, last_id, due_at) select parcel_id, lane, id, id, $2 from found
  )
  insert into delivery_attempt (delivery_id, at, outcome, status, ms, excerpt)
  select id, attempted_at, 'delivered', status, ms, excerpt from found`;

/** $1 delivery, $2 now, $3 outcome, $4 reply code, $5 reason. */
const LOG_REFUSAL = `
  insert into delivery_attempt (delivery_id, at, outcome, status, ms, reason) values ($1, $2, $3, $4, 0, $5)`;

/** Index: mail_report_at. $1 before this. */
const REMOVE_OLD = `delete from mail_report where at < $1`;

/** @returns false when it was noted before */
export async function noteReport(
  tx: Transaction,
  mail: { deliveryId: DeliveryId | null; sentAt: Date | null; finding: string },
  now: Date,
): Promise<boolean> {
  return (await tx.execute(NOTE_REPORT, [mail.deliveryId, mail.sentAt, mail.finding, now])) > 0;
}

/** After its report was noted. @returns whether it goes out once more */
export async function resendOnce(
  tx: Transaction,
  id: DeliveryId,
  { dueAt, sentAfter }: { dueAt: Date; sentAfter: Date },
): Promise<boolean> {
  return (await tx.execute(RESEND_ONCE, [id, dueAt, sentAfter])) > 0;
}

/** Its owner sees it among the attempts. */
export async function logRefusal(
  tx: Transaction,
  id: DeliveryId,
  refusal: { outcome: 'retry' | 'permanent'; status: number | null; reason: string },
  now: Date,
): Promise<void> {
  await tx.execute(LOG_REFUSAL, [id, now, refusal.outcome, refusal.status, refusal.reason]);
}

export async function removeOldReports(sql: Sql, before: Date): Promise<void> {
  await sql.execute(REMOVE_OLD, [before]);
}
