import type { Exposure, Standing } from '../domain/alert-content.js';
import type { ProvisionEvent } from '../domain/provision-event.js';
import { exposureAround, type ProvisionState, type Transition } from '../domain/provision-state.js';
import { exposureWeight, rankOf, type Rank } from '../domain/severity.js';

/** How many provisions of one clause type an entity has in force at one rank. */
export type RatingCount = { clauseType: string; entityId: string; rank: Rank; count: number };

/** The part of the archive that a batch of events touches, moved on event by event in memory. */
export class ArchiveSnapshot {
  private readonly ratings = new Map<string, RatingCount[]>();

  constructor(
    private readonly provisions: Map<string, ProvisionState & { clauseType: string }>,
    private readonly documentExposure: Map<string, number>,
    private readonly entityExposure: Map<string, number>,
    ratings: readonly RatingCount[],
  ) {
    for (const rating of ratings) this.ratingsOf(rating.clauseType).push({ ...rating });
  }

  stateOf(provisionId: string): ProvisionState | null {
    return this.provisions.get(provisionId) ?? null;
  }

  /** Moves to the state after the transition. @returns how the roll-ups stood around it */
  move(
    event: ProvisionEvent,
    transition: Transition,
  ): { document: Exposure; entity: Exposure; standing: Standing } {
    const { document, entity, provision } = event.data;
    const known = this.provisions.get(provision.id);
    const rank = rankOf(known?.side?.severity ?? null);
    const around = {
      document: exposureAround(
        transition,
        this.documentExposure.get(document.id) ?? 0,
        known?.documentId === document.id ? rank : 0,
      ),
      entity: exposureAround(
        transition,
        this.entityExposure.get(entity.id) ?? 0,
        known?.entityId === entity.id ? rank : 0,
      ),
    };
    if (!transition.late) {
      if (known) this.leave(known, rank, document.id, entity.id);
      this.documentExposure.set(document.id, around.document.after);
      this.entityExposure.set(entity.id, around.entity.after);
      this.rate(provision.clauseType, entity.id, rankOf(transition.after?.severity ?? null), 1);
      this.provisions.set(provision.id, { ...transition.state, clauseType: provision.clauseType });
    }
    return { ...around, standing: this.standing(provision.clauseType, entity.id, transition) };
  }

  /** Takes a provision out of where it was counted; its weight stays only where it now belongs. */
  private leave(
    known: ProvisionState & { clauseType: string },
    rank: Rank,
    documentId: string,
    entityId: string,
  ): void {
    this.rate(known.clauseType, known.entityId, rank, -1);
    if (known.documentId !== documentId) lower(this.documentExposure, known.documentId, exposureWeight(rank));
    if (known.entityId !== entityId) lower(this.entityExposure, known.entityId, exposureWeight(rank));
  }

  private standing(clauseType: string, entityId: string, transition: Transition): Standing {
    const own = rankOf(transition.after?.severity ?? null);
    const standing = { lower: 0, equal: 0, higher: 0 };
    for (const rating of this.ratingsOf(clauseType)) {
      if (rating.entityId === entityId) continue;
      standing[rating.rank < own ? 'lower' : rating.rank > own ? 'higher' : 'equal'] += rating.count;
    }
    return standing;
  }

  private rate(clauseType: string, entityId: string, rank: Rank, by: number): void {
    if (rank === 0) return;
    const ratings = this.ratingsOf(clauseType);
    const rating = ratings.find((one) => one.entityId === entityId && one.rank === rank);
    if (rating) rating.count += by;
    else ratings.push({ clauseType, entityId, rank, count: by });
  }

  private ratingsOf(clauseType: string): RatingCount[] {
    const ratings = this.ratings.get(clauseType) ?? [];
    this.ratings.set(clauseType, ratings);
    return ratings;
  }
}

function lower(exposures: Map<string, number>, id: string, by: number): void {
  exposures.set(id, (exposures.get(id) ?? 0) - by);
}
