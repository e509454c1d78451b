import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The archive as last known, watchlists, alerts and the ledger of deliveries. */
export class Foundation1795996800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the first migration has no way back: drop the database instead');
  }
}

const statements = [
  // English stems without stop words: "not", "no" and "will" are what clauses turn on. Words of other languages are
  // stemmed by the same rules on both sides, so they still meet.
  `create text search dictionary tocsin_stem (template = snowball, language = english)`,
  `create text search configuration tocsin (copy = english)`,
  `alter text search configuration tocsin alter mapping replace english_stem with tocsin_stem`,

  `create table entity (
     id text primary key,
     name text not null,
     exposure integer not null default 0,
     updated_at timestamptz not null
   )`,
  `create table document (
     id text primary key,
     entity_id text not null references entity,
     title text not null,
     url text,
     last_updated date,
     exposure integer not null default 0,
     updated_at timestamptz not null
   )`,
  `create index document_entity on document (entity_id)`,
  `create table provision (
     id text primary key,
     document_id text not null references document,
     entity_id text not null references entity,
     title text not null,
     clause_type text not null,
     categories text[] not null,
     url text,
     rank smallint not null check (rank between 0 and 3),
     text text,
     capture jsonb,
     analysis jsonb,
     effective_at date,
     state_at timestamptz not null,
     check ((rank = 0) = (text is null))
   )`,
  `create index provision_document on provision (document_id) include (rank)`,
  `create index provision_entity on provision (entity_id) include (rank)`,
  `create index provision_clause_type on provision (clause_type, rank, entity_id) where rank > 0`,

  `create table revision (
     id bigint generated always as identity primary key,
     source text not null,
     document_id text not null references document,
     entity_id text not null references entity,
     external_id text,
     part integer not null default 0,
     size integer,
     received integer not null default 0,
     settle_at timestamptz,
     settled_at timestamptz,
     planned_at timestamptz,
     unique (source, document_id, external_id, part),
     check (settle_at is null or settled_at is null)
   )`,
  `create index revision_to_settle on revision (settle_at) where settled_at is null`,
  `create index revision_to_plan on revision (settled_at) where settled_at is not null and planned_at is null`,

  `create table change (
     id bigint generated always as identity primary key,
     source text not null,
     event_id text not null,
     time timestamptz not null,
     received_at timestamptz not null,
     entity_id text not null references entity,
     document_id text not null references document,
     provision_id text not null references provision,
     revision_id bigint not null references revision,
     kind text not null check (kind in ('introduced', 'withdrawn', 'escalated', 'eased', 'reworded', 'cosmetic')),
     before_rank smallint not null check (before_rank between 0 and 3),
     after_rank smallint not null check (after_rank between 0 and 3),
     entity_exposure_before integer not null,
     entity_exposure_after integer not null,
     document_exposure_before integer not null,
     document_exposure_after integer not null,
     standing_lower integer not null,
     standing_equal integer not null,
     standing_higher integer not null,
     late boolean not null,
     gap boolean not null,
     silent boolean not null,
     effective_at date,
     labels jsonb not null,
     before_text text,
     after_text text,
     before_capture jsonb,
     after_capture jsonb,
     analysis jsonb,
     changed_words tsvector not null,
     unique (source, event_id),
     check (before_rank > 0 or after_rank > 0)
   )`,
  `create index change_revision on change (revision_id)`,
  `create index change_entity on change (entity_id, id)`,
  `create index change_document on change (document_id, id)`,
  `create index change_provision on change (provision_id, time)`,
  `create index change_time on change (time)`,
  `create index change_received on change using brin (received_at)`,

  // Under which keys a change is followed: what a follow's kind and key are joined with.
  `create table change_subject (
     change_id bigint not null references change,
     kind text not null,
     key text not null,
     primary key (change_id, kind, key)
   )`,

  `create table account (
     id bigint generated always as identity primary key,
     email text not null,
     tier text not null check (tier in ('free', 'watcher', 'professional')),
     time_zone text not null default 'UTC',
     quiet_hours jsonb,
     created_at timestamptz not null
   )`,
  `create unique index account_email on account (lower(email))`,
  `create table api_token (
     id bigint generated always as identity primary key,
     account_id bigint references account on delete cascade,
     scope text not null check (scope in ('operator', 'ingest', 'account')),
     name text not null,
     hash bytea not null unique,
     created_at timestamptz not null,
     check ((scope = 'account') = (account_id is not null))
   )`,
  `create index api_token_account on api_token (account_id)`,

  `create table destination (
     id bigint generated always as identity primary key,
     account_id bigint not null references account on delete cascade,
     kind text not null,
     label text,
     status text not null check (status in ('pending', 'active', 'paused', 'disabled')),
     reason text,
     settings jsonb not null,
     sealed bytea,
     created_at timestamptz not null
   )`,
  `create index destination_account on destination (account_id, id)`,

  `create table watchlist (
     id bigint generated always as identity primary key,
     account_id bigint not null references account on delete cascade,
     name text not null,
     min_rank smallint not null check (min_rank between 1 and 3),
     direction text not null check (direction in ('any', 'rises', 'falls')),
     min_change smallint not null check (min_change between 0 and 3),
     kinds text[] not null,
     keywords text,
     keyword_query tsquery generated always as (websearch_to_tsquery('tocsin', keywords)) stored,
     cadence jsonb not null,
     mode text generated always as (cadence ->> 'mode') stored,
     created_at timestamptz not null
   )`,
  `create index watchlist_account on watchlist (account_id, id)`,
  `create table watchlist_destination (
     watchlist_id bigint not null references watchlist on delete cascade,
     destination_id bigint not null references destination on delete cascade,
     primary key (watchlist_id, destination_id)
   )`,
  `create index watchlist_destination_destination on watchlist_destination (destination_id)`,
  `create table follow (
     watchlist_id bigint not null references watchlist on delete cascade,
     kind text not null check (kind in ('entity', 'document', 'provision', 'clause-type', 'category', 'agency', 'everything')),
     key text not null,
     account_id bigint not null references account on delete cascade,
     since timestamptz not null,
     primary key (watchlist_id, kind, key)
   )`,
  `create index follow_match on follow (kind, key, account_id) include (watchlist_id)`,
  `create index follow_account on follow (account_id)`,

  // Whether a rule wants a change: fan-out, the look before sending and the backtest all ask this one function. Its
  // arguments are plain columns, so PostgreSQL inlines it.
  `create function rule_wants(min_rank smallint, direction text, min_change smallint, kinds text[], keywords tsquery,
     before_rank smallint, after_rank smallint, kind text, changed_words tsvector)
   returns boolean language sql immutable as $$
     select greatest(before_rank, after_rank) >= min_rank
       and abs(after_rank - before_rank) >= min_change
       and (direction = 'any'
         or (direction = 'rises' and after_rank > before_rank)
         or (direction = 'falls' and after_rank < before_rank))
       and kind = any (kinds)
       and (keywords is null or changed_words @@ keywords)
   $$`,

  // A slice of a revision's followers that still has to be matched: accounts from (inclusive) until (exclusive).
  `create table fan_out_range (
     revision_id bigint not null references revision,
     from_account bigint not null,
     until_account bigint not null,
     primary key (revision_id, from_account)
   )`,
  `create table alert (
     id bigint generated always as identity primary key,
     revision_id bigint not null references revision,
     account_id bigint not null references account on delete cascade,
     change_ids bigint[] not null,
     watchlist_ids bigint[] not null,
     created_at timestamptz not null,
     acknowledged_at timestamptz,
     unique (revision_id, account_id)
   )`,
  `create index alert_account on alert (account_id, id)`,
  `create index alert_created on alert using brin (created_at)`,

  // A lease is a due date in the future: whoever claims moves due_at past the lease, so one index finds what is due
  // and what was abandoned. claim_id is the fence.
  `create table delivery (
     id bigint generated always as identity primary key,
     account_id bigint not null references account on delete cascade,
     alert_id bigint references alert on delete cascade,
     destination_id bigint not null references destination on delete cascade,
     kind text not null default 'alert' check (kind in ('alert', 'test', 'confirm')),
     lane text not null,
     state text not null default 'due' check (state in ('due', 'leased', 'delivered', 'dead', 'cancelled')),
     tries smallint not null default 0,
     due_at timestamptz not null,
     claim_id uuid,
     reason text,
     created_at timestamptz not null,
     delivered_at timestamptz,
     unique (alert_id, destination_id),
     check ((kind = 'alert') = (alert_id is not null))
   ) with (fillfactor = 70)`,
  `create index delivery_due on delivery (lane, due_at) where state in ('due', 'leased')`,
  `create index delivery_dead on delivery (lane) where state = 'dead'`,
  `create index delivery_account on delivery (account_id, id)`,
  `create index delivery_destination on delivery (destination_id, id)`,
  `create table delivery_attempt (
     delivery_id bigint not null,
     at timestamptz not null,
     outcome text not null check (outcome in ('delivered', 'retry', 'permanent')),
     status integer,
     ms integer not null,
     reason text,
     excerpt text
   ) partition by range (at)`,
  `create table delivery_attempt_default partition of delivery_attempt default`,
  `create index delivery_attempt_delivery on delivery_attempt (delivery_id, at)`,
  `create index delivery_attempt_at on delivery_attempt (at)`,
];
