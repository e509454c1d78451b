/** One change between two lists: what of `before` gave way to what of `after`, as half-open ranges of positions. */
export type Hunk = { beforeFrom: number; beforeTo: number; afterFrom: number; afterTo: number };
