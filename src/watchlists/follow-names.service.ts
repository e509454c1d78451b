import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import type { FollowTarget } from './follow.js';
import { findNames, namedKinds, type ArchiveName } from './follow-names.store.js';

/** What is followed, by the names that the archive has for it. */
@Injectable()
export class FollowNames {
  constructor(private readonly database: Database) {}

  /** @returns null for what the archive does not know (yet), and for slugs and codes, which are their own names */
  async of(targets: readonly FollowTarget[]): Promise<(target: FollowTarget) => ArchiveName | null> {
    const known = new Map<string, ReadonlyMap<string, ArchiveName>>(
      await Promise.all(
        namedKinds.map(async (kind) => {
          const keys = targets.filter((target) => target.kind === kind).map(({ key }) => key);
          return [kind, await findNames(this.database, kind, keys)] as const;
        }),
      ),
    );
    return ({ kind, key }) => known.get(kind)?.get(key) ?? null;
  }
}
