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
    where id = $1 and state = 'delivered' and kind in ('alert', 'notice', 'summary', 'digest') and attempted_at > $3
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

/**
 * Has an alert that was delivered and then came back count as failed, so that its owner has it sent again with all that was
 * missed. The attempt that delivered it moves into the log, as above. A report on an earlier time that it went out says
 * nothing about the last. Indexes: the primary key, delivery_attempt_delivery. $1 delivery, $2 now, $3 when it went out,
 * $4 reason.
 */
const BURY = `
  with found as materialized (
    select d.id, d.attempted_at, d.status, d.ms, d.excerpt from delivery d
    where d.id = $1 and d.state = 'delivered' and d.kind in ('alert', 'summary', 'digest') and d.attempted_at is not null
      and (d.attempted_at = $3 or not exists (
        select from delivery_attempt l where l.delivery_id = d.id and l.outcome = 'delivered'))
    for no key update of d
  ), buried as (
    update delivery d set state = 'dead', died_at = $2, reason = $4, delivered_at = null, attempted_at = null,
      status = null, ms = null, excerpt = null
    from found where d.id = found.id
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

/** After its report was noted, when it does not go out once more. Tests and questions are not missed: they stay as they are. */
export async function bury(
  tx: Transaction,
  id: DeliveryId,
  { sentAt, reason }: { sentAt: Date | null; reason: string },
  now: Date,
): Promise<void> {
  await tx.execute(BURY, [id, now, sentAt, reason]);
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
