import type { ChatUser } from '../domain/alert-content.js';
import type { AlertId } from '../domain/ids.js';
import type { MuteKind } from '../domain/mute.js';
import type { Sql } from '../platform/database.js';

/**
 * What stands beside an alert's content: who acknowledged it and in which workspace of its account, when the archive corrected what it
 * tells, and what of it is muted now. $1 alert, $2 now. Indexes: the primary keys.
 */
const FIND_DETAILS = `
  select a.acknowledged_by as "acknowledgedBy", s.team_name as workspace, r.corrected_at as "correctedAt",
    coalesce((select jsonb_agg(jsonb_build_object('kind', m.kind, 'key', m.key, 'until', m.until) order by m.kind, m.key)
      from mute m where m.account_id = a.account_id and (m.until is null or m.until > $2)
        and exists (select from change_subject cs
          where cs.change_id = any (a.change_ids) and cs.kind = m.kind and cs.key = m.key)), '[]') as mutes
  from alert a join revision r on r.id = a.revision_id
  left join slack_workspace s on s.account_id = a.account_id and s.id::text = a.acknowledged_by ->> 'workspace'
  where a.id = $1`;

export type AlertDetailsRow = {
  acknowledgedBy: ChatUser | null;
  /** The name of the workspace; null when it is gone. */
  workspace: string | null;
  correctedAt: Date | null;
  /** `until` in RFC 3339; null for good. */
  mutes: { kind: MuteKind; key: string; until: string | null }[];
};

export async function findDetails(sql: Sql, id: AlertId, now: Date): Promise<AlertDetailsRow | null> {
  const [row] = await sql.query<AlertDetailsRow>(FIND_DETAILS, [id, now]);
  return row ?? null;
}
