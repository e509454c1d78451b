/** How much of a change is shown. Lengths are in characters; 0 leaves the part out. */
export type Form = {
  readonly diff: number;
  readonly summary: number;
  /** Of each impact and of the compliance memo. */
  readonly detail: number;
  /** How many regulatory citations, and how many agencies. */
  readonly items: number;
  /** Of the citation line. */
  readonly citation: number;
};
