import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { clientNetwork } from '../platform/http/client-network.js';
import { Problem } from '../platform/http/problem.js';
import { bearerIn, BearerService } from './bearer.service.js';
import { ACCESS, type Access, type Principal, type WithPrincipal } from './principal.js';

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
    private readonly bearers: BearerService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & WithPrincipal>();
    const principal = await this.principalOf(request);
    if (access === undefined || !admitted[access].includes(principal.scope)) {
      throw new Problem(403, `A token of scope "${principal.scope}" does not reach this call.`);
    }
    request.principal = principal;
    return true;
  }

  private async principalOf({ headers, ip }: FastifyRequest): Promise<Principal> {
    const token = bearerIn(headers.authorization);
    if (token === null) throw new Problem(401, 'Send a token: Authorization: Bearer TOKEN.');
    return this.bearers.principalOf(token, clientNetwork(ip));
  }
}
