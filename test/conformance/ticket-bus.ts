import { afterEach, describe, expect, it } from 'vitest';
import type { Stop, TicketBus } from '../../src/tickets/ticket-bus.js';

/** What every ticket bus must do. @param open makes a bus; two of them on one key share their tickets */
export function ticketBusConformance(name: string, open: () => Promise<TicketBus>): void {
  describe(`${name} as a ticket bus`, () => {
    const opened = new Set<TicketBus>();
    const bus = async () => {
      const made = await open();
      opened.add(made);
      return made;
    };
    afterEach(async () => {
      await Promise.all([...opened].map(async (one) => one.close()));
      opened.clear();
    });

    /** A consumer that counts its calls and can be waited for. */
    const counter = () => {
      let calls = 0;
      const waiting: { count: number; resolve: () => void }[] = [];
      return {
        handle: async () => {
          calls++;
          for (const one of waiting) if (calls >= one.count) one.resolve();
        },
        get calls() {
          return calls;
        },
        reached: async (count: number) =>
          new Promise<void>((resolve) => (calls >= count ? resolve() : waiting.push({ count, resolve }))),
      };
    };

    it('looks at once when a consumer starts: there may be work from before', async () => {
      const consumer = counter();
      await (await bus()).consume('a', { maxInFlight: 1 }, consumer.handle);
      await consumer.reached(1);
    });

    it('rings the consumers of the lane in every process', async () => {
      const [first, second] = [await bus(), await bus()];
      const consumers = [counter(), counter()];
      await first.consume('a', { maxInFlight: 1 }, consumers[0]!.handle);
      await second.consume('a', { maxInFlight: 1 }, consumers[1]!.handle);
      await Promise.all(consumers.map(async (one) => one.reached(1)));
      await first.publish([{ lane: 'a' }]);
      await Promise.all(consumers.map(async (one) => one.reached(2)));
    });

    it('looks from time to time though nothing rings', async () => {
      const consumer = counter();
      await (await bus()).consume('a', { maxInFlight: 1 }, consumer.handle);
      await consumer.reached(3);
    });

    it('never has more in hand than it may, and looks once more for what rang meanwhile', async () => {
      const one = await bus();
      let inHand = 0;
      let most = 0;
      let calls = 0;
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      let again = () => {};
      const calledAgain = new Promise<void>((resolve) => (again = resolve));
      await one.consume('a', { maxInFlight: 1 }, async () => {
        most = Math.max(most, ++inHand);
        if (++calls > 1) again();
        await held;
        inHand--;
      });
      for (let n = 0; n < 20; n++) await one.publish([{ lane: 'a' }, { lane: 'b' }]);
      release();
      await calledAgain;
      expect(most).toBe(1);
    });

    it('goes on after a handler failed', async () => {
      const one = await bus();
      const consumer = counter();
      await one.consume('a', { maxInFlight: 1 }, async () => {
        await consumer.handle();
        throw new Error('a handler that fails');
      });
      await consumer.reached(1);
      await one.publish([{ lane: 'a' }]);
      await consumer.reached(2);
    });

    it('stops: aborts the signal, waits for what is in hand, and calls no more', async () => {
      const one = await bus();
      let calls = 0;
      let finished = false;
      let started = () => {};
      const inHand = new Promise<void>((resolve) => (started = resolve));
      const stop: Stop = await one.consume('a', { maxInFlight: 1 }, async (_ticket, { signal }) => {
        calls++;
        started();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        finished = true;
      });
      await inHand;
      await stop();
      expect(finished).toBe(true);
      await one.publish([{ lane: 'a' }]);
      expect(calls).toBe(1);
    });
  });
}
