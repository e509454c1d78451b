import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/http/problem.js';
import { ACCESS, type Access, type Principal, type WithPrincipal } from './principal.js';
import { TokenService } from './token.service.js';

const admitted: Readonly<Record<Exclude<Access, 'public'>, readonly Principal['scope'][]>> = {
  operator: ['operator'],
  ingest: ['operator', 'ingest'],
  bounces: ['operator', 'bounces'],
  account: ['account'],
  reader: ['account', 'operator'],
};

/** Lets a request through when its token's scope reaches the handler. A handler that says nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & WithPrincipal>();
    const principal = await this.principalOf(request.headers.authorization);
    if (access === undefined || !admitted[access].includes(principal.scope)) {
      throw new Problem(403, `A token of scope "${principal.scope}" does not reach this call.`);
    }
    request.principal = principal;
    return true;
  }

  private async principalOf(header: string | undefined): Promise<Principal> {
    const token = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(header ?? '')?.[1];
    if (token === undefined) throw new Problem(401, 'Send a token: Authorization: Bearer TOKEN.');
    const principal = await this.tokens.principalOf(token);
    if (!principal) throw new Problem(401, 'The token is not valid, or was withdrawn.');
    return principal;
  }
}
