import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the search of the archive goes by, and lists of a clause type in the order that they are shown in. */
export class Search1797379200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop trigger provision_names_type on provision`);
    await runner.query(`drop trigger provision_renames_type on provision`);
    await runner.query(`drop function note_clause_types()`);
    await runner.query(
      `drop index entity_words, document_words, provision_words, provision_categories, document_id_prefix,
      provision_id_prefix`,
    );
    await runner.query(`drop table clause_type`);
    await runner.query(`drop function title_words(text)`);
    await runner.query(`drop index provision_clause_type`);
    await runner.query(
      `create index provision_clause_type on provision (clause_type, rank, entity_id) where rank > 0`,
    );
  }
}

const statements = [
  // The words of a name. Punctuation parts them, so that "Claude.ai" and "end-user" are found by either half: the parser
  // would take the one for a host and the other for a compound. No stems: what is typed is the beginning of a word.
  // Not a plain SQL function: that would be taken apart into cheap parts, and the planner would rather call it for thousands
  // of rows than ask the index (35 ms a search in place of 8). Nor in parallel: to start a worker takes longer than all the rest.
  `create function title_words(title text) returns tsvector language plpgsql immutable parallel restricted cost 5000 as $$
   begin
     return to_tsvector('simple', translate(title, '.,:;/\\@&+-_#''"()[]<>*|!?=~%$^{}’‘“”–—·', repeat(' ', 40)));
   end $$`,
  `create index entity_words on entity using gin (title_words(name))`,
  `create index document_words on document using gin (title_words(title))`,
  `create index provision_words on provision using gin (title_words(title))`,
  `create index provision_categories on provision using gin (categories)`,
  `create index document_id_prefix on document (id collate "C")`,
  `create index provision_id_prefix on provision (id collate "C")`,

  // Every clause type that a provision was ever of: to be searched without reading the provisions.
  `create table clause_type (slug text primary key)`,
  `insert into clause_type (slug) select distinct clause_type from provision`,
  `create index clause_type_words on clause_type using gin (title_words(slug))`,
  // Sorted, so that two who bring the same new types wait for each other in one order; nearly always there are none.
  `create function note_clause_types() returns trigger language plpgsql as $$
   begin
     insert into clause_type (slug)
     select distinct clause_type from fresh
     where not exists (select from clause_type known where known.slug = fresh.clause_type)
     order by clause_type
     on conflict do nothing;
     return null;
   end $$`,
  `create trigger provision_names_type after insert on provision referencing new table as fresh
     for each statement execute function note_clause_types()`,
  `create trigger provision_renames_type after update on provision referencing new table as fresh
     for each statement execute function note_clause_types()`,

  // The gravest first, then by entity: a page of a type is read off the index in its order.
  `drop index provision_clause_type`,
  `create index provision_clause_type on provision (clause_type, rank desc, entity_id, id) where rank > 0`,
];
