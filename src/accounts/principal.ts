import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { AccountId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import { Problem } from '../platform/http/problem.js';

/** Who a request comes from. */
export type Principal = { scope: OperatorScope } | { scope: 'account'; accountId: AccountId; tier: Tier };

/** Of tokens of no account. `ingest` sends events, `bounces` hands mails over that came back, `operator` may do both. */
export const operatorScopes = ['operator', 'ingest', 'bounces'] as const;
export type OperatorScope = (typeof operatorScopes)[number];

/** `reader`: any account and the operator, for what belongs to nobody. `public`: no token at all. */
export type Access = OperatorScope | 'account' | 'reader' | 'public';

export const ACCESS = 'tocsin:access';

/** Says who may call a controller or handler. What says nothing is closed. */
export function Allow(access: Access) {
  return SetMetadata(ACCESS, access);
}

export type WithPrincipal = { principal?: Principal };

/** The account that the request acts for. Only under `@Allow('account')`. */
export const CurrentAccount = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { principal } = context.switchToHttp().getRequest<WithPrincipal>();
  if (principal?.scope !== 'account') throw new Problem(403, 'This call needs the token of an account.');
  return { id: principal.accountId, tier: principal.tier };
});

/** What `@CurrentAccount()` gives. */
export type CurrentAccount = { id: AccountId; tier: Tier };

/** Whoever the request comes from. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<WithPrincipal>();
  if (!principal) throw new Problem(401, 'Send a token: Authorization: Bearer TOKEN.');
  return principal;
});
