import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When tokens of the API were last used, so that their owners can tell which nobody needs any more. */
export class TokenUse1797724800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Written down once an hour at most: a call must not cost a write.
    await runner.query(`alter table api_token add column last_used_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table api_token drop column last_used_at`);
  }
}
