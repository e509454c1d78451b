import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../accounts/principal.js';
import { Clock } from '../platform/clock.js';
import { isHeld } from './conditional.js';
import { FeedService } from './feed.service.js';

/** A watchlist as an Atom feed, for whoever has its address. */
@ApiExcludeController()
@Controller('feeds')
@Allow('public')
export class FeedController {
  constructor(
    private readonly feeds: FeedService,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  @Header('content-type', 'application/atom+xml; charset=utf-8')
  @Header('cache-control', 'private, no-cache')
  @Header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  @Header('x-robots-tag', 'noindex, nofollow')
  async feed(
    @Param('token') token: string,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const open = await this.feeds.open(token);
    void reply.header('etag', open.tag);
    // Of two changes within one second the second one is dated a second on, and no answer may be dated ahead of itself.
    if (open.changedAt <= this.clock.now()) void reply.header('last-modified', open.changedAt.toUTCString());
    if (isHeld(headers, open)) void reply.status(304).send();
    else void reply.send(await this.feeds.write(open, token));
  }
}
