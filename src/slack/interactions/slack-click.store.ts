import type { AccountId, AlertId, ChangeId, DeliveryId, DestinationId } from '../../domain/ids.js';
import type { Sql } from '../../platform/database.js';

/** Takes a click, once, and forgets old ones. Index: the primary key. $1 signature, $2 now, $3 before what to forget. */
const TAKE_CLICK = `
  with forgotten as (delete from slack_click where at < $3 and signature <> $1)
  insert into slack_click (signature, at) values ($1, $2) on conflict (signature) do nothing`;

/**
 * What a button stands for: the alert of a delivery, and the provision that a change of the alert is of. Only of a delivery
 * to a workspace of its account's that is the team that the click came from. What its message is known by may be forgotten.
 * Indexes: primary keys, the unique key of slack_workspace. $1 delivery, $2 team, $3 change or null.
 */
const FIND_CLICKED = `
  select d.account_id as "accountId", d.alert_id as "alertId", d.destination_id as "destinationId",
    w.id as "workspace", c.provision_id as "provisionId", m.provider_id as "providerId"
  from delivery d
  join alert al on al.id = d.alert_id and al.account_id = d.account_id
  join destination t on t.id = d.destination_id and t.account_id = d.account_id
  join slack_workspace w on w.account_id = d.account_id and w.team_id = $2 and w.status = 'active'
    and w.id::text = t.settings ->> 'workspace'
  left join change c on c.id = $3 and c.id = any (al.change_ids)
  left join delivery_message m on m.delivery_id = d.id
  where d.id = $1`;

export type ClickedAlert = {
  accountId: AccountId;
  alertId: AlertId;
  destinationId: DestinationId;
  /** The row id of the workspace. */
  workspace: string;
  provisionId: string | null;
  /** What the delivery's newest message is known by. */
  providerId: string | null;
};

/** @returns false for a click that was taken before */
export async function takeClick(sql: Sql, signature: string, now: Date, forget: Date): Promise<boolean> {
  return (await sql.execute(TAKE_CLICK, [signature, now, forget])) > 0;
}

/** @returns null when there is no such delivery, or it is none of this team's */
export async function findClicked(
  sql: Sql,
  deliveryId: DeliveryId,
  teamId: string,
  changeId: ChangeId | null,
): Promise<ClickedAlert | null> {
  const [row] = await sql.query<ClickedAlert>(FIND_CLICKED, [deliveryId, teamId, changeId]);
  return row ?? null;
}
