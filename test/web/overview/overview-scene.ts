import type { TestAccount, TestApp } from '../../support/app.js';
import { checkedEvent } from '../../support/checks.js';
import { provisionEvent, side } from '../../support/events.js';
import { watch } from '../../support/watching.js';

const dayMs = 86_400_000;

/** RFC 3339, some days before the clock's now; negative for after. */
export function daysBefore(app: TestApp, days: number): string {
  return new Date(app.clock.now().getTime() - days * dayMs).toISOString();
}

/** An entity whose one document has moved since half a year, and was seen lately. */
export async function moveAcme(app: TestApp): Promise<void> {
  const at = (days: number) => daysBefore(app, days);
  const one = { entity: 'acme', document: 'acme-terms' };
  await app.postEvents([
    provisionEvent({ ...one, time: at(150), before: null, after: side('low', 'One.') }),
    provisionEvent({ ...one, time: at(100), before: side('low', 'One.'), after: side('medium', 'Two.') }),
    provisionEvent({ ...one, time: at(30), before: side('medium', 'Two.'), after: side('high', 'Three.') }),
    checkedEvent({ document: 'acme-terms', time: new Date(at(0.1)) }),
  ]);
}

/** An account that follows acme. */
export async function followerOfAcme(app: TestApp): Promise<TestAccount> {
  const account = await app.createAccount();
  await watch(app, account, [['entity', 'acme']]);
  return account;
}
