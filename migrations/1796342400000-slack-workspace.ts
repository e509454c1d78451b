import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workspaces that accounts added by "Add to Slack", and the ways there that are under way. */
export class SlackWorkspace1796342400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    // Ids begin anew when the table is made again: nobody's destination may name another account's workspace then.
    await runner.query(
      `update destination set settings = jsonb_set(settings, '{workspace}', '"0"') where settings ->> 'workspace' is not null`,
    );
    await runner.query(`drop index destination_workspace`);
    await runner.query(`drop table slack_installation`);
    await runner.query(`drop table slack_workspace`);
  }
}

const statements = [
  // One row an account and team, so that adding the team again makes its destinations whole: they name the row. removed: the app
  // was uninstalled in Slack. deleted: by the account, which does not see it any more. installed_at is when the token was given:
  // what Slack says of an earlier time is about a former one.
  `create table slack_workspace (
     id bigint generated always as identity primary key,
     account_id bigint not null references account on delete cascade,
     team_id text not null,
     team_name text not null,
     status text not null check (status in ('active', 'removed', 'deleted')),
     reason text,
     sealed bytea,
     installed_at timestamptz not null,
     unique (account_id, team_id),
     check ((status = 'active') = (sealed is not null))
   )`,
  `create index slack_workspace_team on slack_workspace (team_id)`,

  // The way to Slack and back, by the hash of its state. It is kept a while after its end, so that who comes back too late is
  // told so.
  `create table slack_installation (
     hash bytea primary key,
     account_id bigint not null references account on delete cascade,
     expires_at timestamptz not null,
     used_at timestamptz
   )`,
  `create index slack_installation_account on slack_installation (account_id, expires_at)`,

  // The destinations of a workspace.
  `create index destination_workspace on destination ((settings ->> 'workspace'))
     where settings ->> 'workspace' is not null`,
];
