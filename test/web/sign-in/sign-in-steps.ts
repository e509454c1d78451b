import { SignInMails } from '../../../src/accounts/sign-in-mails.service.js';
import type { TestApp } from '../../support/app.js';
import { mailTo } from '../../support/inbox-of-mail.js';
import type { PageAnswer, WebVisitor } from '../../support/visiting.js';

/** Asks for a link, and waits until whatever there is to mail is mailed. */
export async function askFor(
  app: TestApp,
  browser: WebVisitor,
  email: string,
  { next, ...fields }: Record<string, string> = {},
): Promise<PageAnswer> {
  const query = next === undefined ? '' : `?next=${encodeURIComponent(next)}`;
  const answer = await browser.submit(`/sign-in${query}`, '/sign-in', { email, ...fields });
  await app.app.get(SignInMails).settled();
  return answer;
}

/** @returns the path of the link in the newest mail to an address, or null */
export async function linkTo(app: TestApp, address: string): Promise<string | null> {
  const mail = (await mailTo(app, address)).at(-1);
  return /https?:\/\/[^/\s]+(\/sign-in\/[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? null;
}

/** Opens a link and presses its button. */
export async function use(browser: WebVisitor, link: string): Promise<PageAnswer> {
  return browser.submit(link, link);
}
