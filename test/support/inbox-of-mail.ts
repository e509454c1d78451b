import type { TestApp } from './app.js';

export type CaughtMail = {
  id: string;
  from: string;
  to: string[];
  subject: string;
  headers: Record<string, string>;
  text: string;
  html: string;
};

/** The caught mail to one address, oldest first. */
export async function mailTo(app: TestApp, address: string): Promise<CaughtMail[]> {
  const { body } = await app.call('GET', '/sandbox/mailbox.json');
  return (body as CaughtMail[]).filter((mail) => mail.to.includes(address)).toReversed();
}
