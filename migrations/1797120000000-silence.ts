import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Watchlists that sleep for a time, and what a rule has against a change. */
export class Silence1797120000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function rule_reasons`);
    await runner.query(`alter table watchlist drop column snoozed_from, drop column snoozed_until`);
  }
}

const statements = [
  // The last snooze. It stays when it is over, so that what was left out meanwhile can be told from what was not.
  `alter table watchlist
     add column snoozed_from timestamptz,
     add column snoozed_until timestamptz,
     add check ((snoozed_from is null) = (snoozed_until is null)),
     add check (snoozed_from <= snoozed_until)`,

  // Why a rule does not want a change: empty exactly when rule_wants says that it does.
  `create function rule_reasons(min_rank smallint, direction text, min_change smallint, kinds text[], keywords tsquery,
     before_rank smallint, after_rank smallint, kind text, changed_words tsvector)
   returns text[] language sql immutable as $$
     select array_remove(array[
       case when not kind = any (kinds) then case kind when 'cosmetic' then 'cosmetic' else 'kind' end end,
       case when greatest(before_rank, after_rank) < min_rank then 'severity' end,
       case when direction = 'rises' and after_rank <= before_rank
         or direction = 'falls' and after_rank >= before_rank then 'direction' end,
       case when abs(after_rank - before_rank) < min_change then 'min-change' end,
       case when keywords is not null and not changed_words @@ keywords then 'keywords' end], null)
   $$`,
];
