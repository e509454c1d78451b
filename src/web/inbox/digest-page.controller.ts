import { Controller, Get, Param, Query } from '@nestjs/common';
import { DigestService } from '../../alerts/digest.service.js';
import { parseRowId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import { Links } from '../../platform/links.js';
import { digestPage } from './digest-page.js';
import { SignInNeeded } from '../frame/page.guard.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';

/** All of a digest that a message shows the gravest changes of: for its owner, and for whoever has the link. */
@Controller('digests')
@Pages('link-holder')
export class DigestPageController {
  constructor(
    private readonly digests: DigestService,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  async digest(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query('key') key: unknown,
  ): Promise<string> {
    const deliveryId = parseRowId<'delivery'>(id);
    const { reader } = visit;
    if (key === undefined && reader.kind === 'visitor') throw new SignInNeeded('member');
    const hasKey = typeof key === 'string' && this.links.mayReadDigest(id, key, this.clock.now());
    const isOwners =
      deliveryId !== null &&
      reader.kind === 'member' &&
      (await this.digests.isOf(reader.accountId, deliveryId));
    if (!deliveryId || !(hasKey || isOwners)) throw notFound('digest');
    return digestPage(visit, await this.digests.whole(deliveryId));
  }
}
