import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** The address of a feed, at the one moment that it is known. */
export const NewFeedAddress = z.object({
  url: z.url().describe('the address of the feed: a secret, shown once and never again'),
  createdAt: z.iso.datetime(),
});
export type NewFeedAddress = z.infer<typeof NewFeedAddress>;

/** Whether there is an address, without what makes it one. */
export const FeedAddress = z.object({
  createdAt: z.iso
    .datetime()
    .nullable()
    .describe('since when the feed has its address; null when it has none'),
});
export type FeedAddress = z.infer<typeof FeedAddress>;

/** The secret part of an address: 256 random bits. */
export function newFeedToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of it. At that length a hash needs no salt, and finding one by index gives no time away. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
