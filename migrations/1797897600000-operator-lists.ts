import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an operator lists across all accounts. */
export class OperatorLists1797897600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index delivery_died, destination_trouble, account_email_prefix`);
  }
}

const statements = [
  // Newest first, whatever their lane. Nothing that goes well ever touches it.
  `create index delivery_died on delivery (id) where died_at is not null`,
  `create index destination_trouble on destination (id) where status = 'disabled' or failing_since is not null`,
  // By the beginning of an address, whatever the database sorts by.
  `create index account_email_prefix on account (lower(email) text_pattern_ops)`,
];
