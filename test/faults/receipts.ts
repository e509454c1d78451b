export const lanes = ['webhook', 'slack', 'email'] as const;
export type Lane = (typeof lanes)[number];

/** One message that reached a sink to its last byte. */
export type Receipt = {
  lane: Lane;
  /** The number of the account that it is for: each has one destination of each kind. */
  account: number;
  /** What stays the same through every attempt: `webhook-id`, `Message-ID`, the `delivery_id` of Slack's metadata. */
  id: string;
  /** Milliseconds of this process's `performance.now()`. */
  at: number;
  /** A hash of all that must not change from one attempt to the next. */
  fingerprint: string;
  /** Whether the sink said that it took it. */
  taken: boolean;
};

/** All that the sinks got, in order. */
export class Receipts {
  readonly all: Receipt[] = [];
  private readonly byId = new Map<string, Receipt[]>();

  add(receipt: Receipt): void {
    this.all.push(receipt);
    const key = `${receipt.lane} ${receipt.id}`;
    const same = this.byId.get(key);
    if (same) same.push(receipt);
    else this.byId.set(key, [receipt]);
  }

  /** How often this message came before. */
  earlier(lane: Lane, id: string): number {
    return this.byId.get(`${lane} ${id}`)?.length ?? 0;
  }

  /** The receipts of each message of a lane. */
  messages(lane: Lane): Receipt[][] {
    return [...this.byId.values()].filter(([first]) => first?.lane === lane);
  }

  /** Messages that came again though they had been taken: the earlier receipt and the one after it. */
  repeats(lane: Lane): { before: Receipt; again: Receipt }[] {
    return this.messages(lane).flatMap((receipts) =>
      receipts.slice(1).flatMap((again, index) => {
        const before = receipts[index];
        return before?.taken ? [{ before, again }] : [];
      }),
    );
  }
}
