import { Foundation1795996800000 } from './1795996800000-foundation.js';
import { DeliveryEngine1796083200000 } from './1796083200000-delivery-engine.js';
import { WatchlistFeed1796169600000 } from './1796169600000-watchlist-feed.js';
import { Suppression1796256000000 } from './1796256000000-suppression.js';

/** Every migration, oldest first. Those that were released are frozen. */
export const migrations = [
  Foundation1795996800000,
  DeliveryEngine1796083200000,
  WatchlistFeed1796169600000,
  Suppression1796256000000,
];
