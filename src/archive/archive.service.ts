import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import { citationOf } from '../domain/citation.js';
import { ArchiveId } from '../domain/ids.js';
import { analysisForTier } from '../domain/locked-analysis.js';
import { PlainText } from '../domain/plain-text.js';
import { severityOf } from '../domain/severity.js';
import type { Tier } from '../domain/tiers.js';
import { unreachableView } from '../domain/unreachable-view.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page } from '../platform/http/page.js';
import type { EntityQuery } from './archive-queries.js';
import type {
  ClauseTypeView,
  DocumentView,
  EntitySummary,
  EntityView,
  ProvisionView,
} from './archive-views.js';
import {
  findDocument,
  findEntity,
  findProvision,
  listDocuments,
  listEntities,
  listOfClauseType,
  listProvisions,
  rateClauseType,
} from './archive.store.js';
import { listName } from './list-name.js';

/** How many provisions of a clause type are shown. */
const mostOfClauseType = 200;

/** The last entity shown: its name and id. */
const EntityKey = z.tuple([PlainText, ArchiveId]);

/** The archive as last known. What does not exist is null. */
@Injectable()
export class ArchiveService {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'archiveName'>,
  ) {}

  /** By name, then id. @throws Problem 422 for a cursor of another list or search */
  async entities(query: EntityQuery): Promise<Page<EntitySummary>> {
    const part = query.q === undefined || query.q === '' ? null : query.q;
    const name = listName('entities', [part]);
    const key = keyOfCursor(name, query.cursor, (text) => entityKeyOf(text) !== null);
    const after = key === null ? null : entityKeyOf(key);
    const rows = await listEntities(this.database, part, after, query.limit + 1);
    return pageOfRows(
      name,
      rows,
      query.limit,
      (row) => JSON.stringify([row.name, row.id]),
      (row) => row,
    );
  }

  async entity(id: string): Promise<EntityView | null> {
    const entity = await findEntity(this.database, id);
    if (!entity) return null;
    const documents = await listDocuments(this.database, id);
    return {
      ...entity,
      documents: documents.map(({ low, medium, high, ...document }) => ({
        ...seen(document),
        severities: { low, medium, high },
      })),
    };
  }

  async document(id: string): Promise<DocumentView | null> {
    const row = await findDocument(this.database, id);
    if (!row) return null;
    const { entityId, entityName, ...document } = row;
    const provisions = await listProvisions(this.database, id);
    return {
      ...seen(document),
      entity: { id: entityId, name: entityName },
      provisions: provisions.map(({ rank, ...provision }) => ({ ...provision, severity: severityOf(rank) })),
    };
  }

  /** @param tier what of the analysis is shown; null for the operator, who sees all */
  async provision(id: string, tier: Tier | null): Promise<ProvisionView | null> {
    const row = await findProvision(this.database, id);
    if (!row) return null;
    const { analysis, locked } = analysisForTier(row.analysis, tier);
    return {
      id: row.id,
      title: row.title,
      clauseType: row.clauseType,
      categories: row.categories,
      url: row.url,
      entity: { id: row.entityId, name: row.entityName },
      document: { id: row.documentId, title: row.documentTitle, url: row.documentUrl },
      severity: severityOf(row.rank),
      text: row.text,
      effectiveAt: row.effectiveAt,
      capture: row.capture,
      citation: this.citation(row),
      standing: { lower: row.lower, equal: row.equal, higher: row.higher },
      analysis,
      locked,
      since: row.since.toISOString(),
    };
  }

  /** How a clause type is rated on the whole. */
  async rating(slug: string): Promise<Omit<ClauseTypeView, 'provisions'> | null> {
    const rated = await rateClauseType(this.database, slug);
    if (!rated) return null;
    const { low, medium, high, entities } = rated;
    return { slug, severities: { low, medium, high }, entities };
  }

  async clauseType(slug: string): Promise<ClauseTypeView | null> {
    const rating = await this.rating(slug);
    if (!rating) return null;
    const rows = await listOfClauseType(this.database, slug, mostOfClauseType);
    return {
      ...rating,
      provisions: rows.map((row) => ({
        id: row.id,
        title: row.title,
        severity: row.severity,
        entity: { id: row.entityId, name: row.entityName },
        document: { id: row.documentId, title: row.documentTitle },
      })),
    };
  }

  private citation(row: NonNullable<Awaited<ReturnType<typeof findProvision>>>): string {
    return citationOf({
      archiveName: this.config.archiveName,
      entity: { name: row.entityName },
      document: { title: row.documentTitle, url: row.documentUrl },
      provision: row,
      capture: row.capture,
    });
  }
}

type Seen = { verifiedAt: Date | null; unreachableSince: Date | null; unreachableDetail: string | null };

/** A document with when it was seen, as the API shows it. */
function seen<Row extends Seen>({ verifiedAt, unreachableSince, unreachableDetail, ...document }: Row) {
  return {
    ...document,
    lastVerified: verifiedAt?.toISOString() ?? null,
    unreachable: unreachableView(unreachableSince, unreachableDetail),
  };
}

function entityKeyOf(text: string): [name: string, id: string] | null {
  try {
    const key = EntityKey.safeParse(JSON.parse(text));
    return key.success ? key.data : null;
  } catch {
    return null;
  }
}
