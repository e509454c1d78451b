/** An answer may be so old: several that ask at the same time, and soon after, share it. */
const freshMs = 5_000;
/** Who asks waits so long at most: all other metrics are worth more than those that the database holds up. */
const patienceMs = 2_000;

/** What the database told last. It is asked one question at a time, however many want to know. */
export class Latest<Value> {
  private value: Value | null = null;
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<void> | null = null;

  constructor(private readonly ask: () => Promise<Value>) {}

  /** @returns null when there is no answer in time; the next to ask may find it there */
  async read(): Promise<Value | null> {
    if (this.asking === null && performance.now() - this.askedAt >= freshMs) this.asking = this.refresh();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([this.asking, patience]);
    clearTimeout(timer);
    return this.asking === null ? this.value : null;
  }

  private async refresh(): Promise<void> {
    try {
      this.value = await this.ask();
    } catch {
      // What is missing says it: whoever watches the metrics sees the gap, and the log has the broken connection.
      this.value = null;
    }
    this.askedAt = performance.now();
    this.asking = null;
  }
}
