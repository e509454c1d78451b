import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { SignedIn } from '../../accounts/session.service.js';
import type { Site } from './site.js';

/** Whoever reads a page: nobody known, the owner of an account, or the operator. */
export type Reader = { kind: 'visitor' } | SignedIn;

/** The owner of an account who is signed in. */
export type Member = Extract<Reader, { kind: 'member' }>;

/** One request for a page: where it was asked for, by whom, and what the page's forms have to bring back. */
export type Visit = Readonly<{
  site: Site;
  reader: Reader;
  /** What was asked for: path and query, without the site's base. */
  path: string;
  /** For the forms of the page. Keeps a mark in the browser of a visitor, so it is asked for only by pages that have forms. */
  formToken(): string;
}>;

/** The visit of a request that no guard of ours saw. */
export function strangerVisit(site: Site): Visit {
  return { site, reader: { kind: 'visitor' }, path: '/', formToken: () => '' };
}

export type WithVisit = { visit?: Visit };

function visitOf(context: ExecutionContext): Visit {
  const { visit } = context.switchToHttp().getRequest<WithVisit>();
  if (!visit) throw new Error('a page without @Pages()');
  return visit;
}

/** The visit that a handler answers. Only under `@Pages()`. */
export const CurrentVisit = createParamDecorator((_: unknown, context: ExecutionContext) => visitOf(context));

/** What `@CurrentVisit()` gives. */
export type CurrentVisit = Visit;

/** The member that a handler answers. Only under `@Pages('member')`. */
export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): Member => {
  const { reader } = visitOf(context);
  if (reader.kind !== 'member') throw new Error("a member's page without @Pages('member')");
  return reader;
});

/** What `@CurrentMember()` gives. */
export type CurrentMember = Member;
