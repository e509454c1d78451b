import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways to the newest changes by when they were seen: of all, of an entity, of a clause type, by severity and direction. */
export class RecentChanges1797465600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop index change_newest, change_entity_newest, change_clause_type_newest, change_severity_newest`,
    );
  }
}

const statements = [
  `create index change_newest on change (time, id)`,
  `create index change_entity_newest on change (entity_id, time, id)`,
  `create index change_clause_type_newest on change ((labels -> 'provision' ->> 'clauseType'), time, id)`,
  // High rises are few among many changes: without it a page of them could read them all.
  `create index change_severity_newest on change ((greatest(before_rank, after_rank)), (sign(after_rank - before_rank)), time, id)`,
];
