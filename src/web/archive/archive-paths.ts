import type { Site } from '../frame/site.js';

/** Where the pages of the archive's things are. Ids are the archive's own, and may hold anything. */
export const pathTo = {
  entity: ({ base }: Site, id: string) => `${base}/entities/${encodeURIComponent(id)}`,
  document: ({ base }: Site, id: string) => `${base}/documents/${encodeURIComponent(id)}`,
  provision: ({ base }: Site, id: string) => `${base}/provisions/${encodeURIComponent(id)}`,
  clauseType: ({ base }: Site, slug: string) => `${base}/clause-types/${encodeURIComponent(slug)}`,
  change: ({ base }: Site, id: string) => `${base}/changes/${id}`,
  search: ({ base }: Site, words: string) => `${base}/search?q=${encodeURIComponent(words)}`,
} as const;
