import type { BrowserContext } from 'playwright-core';
import { SessionService } from '../../src/accounts/session.service.js';
import type { AccountId } from '../../src/domain/ids.js';
import type { TestApp } from './app.js';

export type PageAnswer = { status: number; text: string; headers: Headers; location: string | null };

/** A browser without a script: it keeps cookies, reads pages and sends the forms that it finds on them. */
export type WebVisitor = {
  /** As the header, such as of another client. */
  cookie(): string;
  get(path: string, headers?: Record<string, string>): Promise<PageAnswer>;
  /**
   * Sends the form that goes to `action` on the page at `path`, with what it holds already and these fields besides. It
   * does not follow where it is led.
   */
  submit(path: string, action: string, fields?: Fields): Promise<PageAnswer>;
  /** Posts without a form, as a page of somebody else's would. */
  post(path: string, fields?: Fields, headers?: Record<string, string>): Promise<PageAnswer>;
};

type Fields = Record<string, string | readonly string[]>;

/** @param as an account that is signed in, or the operator; nobody unless given */
export async function visitor(app: TestApp, as?: { id: string } | 'operator'): Promise<WebVisitor> {
  const cookies = new Map<string, string>();
  if (as !== undefined) cookies.set('tocsin-session', await sessionOf(app, as));
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function call(
    path: string,
    { headers = {}, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ) {
    const answer = await fetch(app.url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookies.size > 0 && { cookie: cookie() }), ...headers },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair] = set.split(';');
      const at = pair!.indexOf('=');
      if (/max-age=0\b/i.test(set)) cookies.delete(pair!.slice(0, at));
      else cookies.set(pair!.slice(0, at), pair!.slice(at + 1));
    }
    return {
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
      location: answer.headers.get('location'),
    };
  }

  async function post(path: string, fields: Fields = {}, headers: Record<string, string> = {}) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? (value as string[]) : [value as string])
        body.append(name, one);
    }
    return call(path, { method: 'POST', body, headers });
  }

  return {
    cookie,
    get: async (path, headers = {}) => call(path, { headers }),
    post,
    async submit(path, action, fields = {}) {
      const { text } = await call(path, {});
      const form = formOf(text, action);
      if (form === null) throw new Error(`no form to ${action} on ${path}:\n${text.slice(0, 2_000)}`);
      return post(action, { ...heldBy(form), ...fields });
    },
  };
}

/** Signs a real browser in. */
export async function signIn(
  context: BrowserContext,
  app: TestApp,
  as: { id: string } | 'operator',
): Promise<void> {
  await context.addCookies([
    {
      name: 'tocsin-session',
      value: await sessionOf(app, as),
      url: app.url,
      httpOnly: true,
      sameSite: 'Lax',
    },
  ]);
}

async function sessionOf(app: TestApp, as: { id: string } | 'operator'): Promise<string> {
  const of = as === 'operator' ? { operatorToken: app.operatorToken } : { accountId: as.id as AccountId };
  return app.app.get(SessionService).begin(of, 'a test');
}

function formOf(page: string, action: string): string | null {
  const forms = page.match(/<form\b.*?<\/form>/gs) ?? [];
  return (
    forms.find(
      (form) => decoded(attributeOf(form.slice(0, form.indexOf('>') + 1), 'action') ?? '') === action,
    ) ?? null
  );
}

/** What a form holds as it was served. */
function heldBy(form: string): Fields {
  const held: Record<string, string[]> = {};
  const hold = (name: string | null, value: string) => {
    if (name !== null) (held[decoded(name)] ??= []).push(decoded(value));
  };
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const type = attributeOf(tag, 'type');
    const isBox = type === 'checkbox' || type === 'radio';
    const isOff = isBox && !/\schecked(?=[\s/>=])/.test(tag);
    if (!isOff && !/\sdisabled(?=[\s/>=])/.test(tag))
      hold(attributeOf(tag, 'name'), attributeOf(tag, 'value') ?? (isBox ? 'on' : ''));
  }
  for (const [, tag, text] of form.matchAll(/(<textarea\b[^>]*>)(.*?)<\/textarea>/gs))
    hold(attributeOf(tag!, 'name'), text!);
  for (const [, tag, options] of form.matchAll(/(<select\b[^>]*>)(.*?)<\/select>/gs)) {
    const all = options!.match(/<option\b[^>]*>/g) ?? [];
    const chosen = all.find((option) => /\sselected(?=[\s/>=])/.test(option)) ?? all[0];
    if (chosen !== undefined) hold(attributeOf(tag!, 'name'), attributeOf(chosen, 'value') ?? '');
  }
  return held;
}

function attributeOf(tag: string, name: string): string | null {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? null;
}

function decoded(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
