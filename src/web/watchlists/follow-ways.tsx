import { Injectable } from '@nestjs/common';
import type { VNode } from 'preact';
import type { FollowTarget } from '../../watchlists/follow.js';
import { QuickFollowService } from '../../watchlists/quick-follow.service.js';
import type { Visit } from '../frame/visit.js';
import { FollowButton } from './follow-button.js';

/** The Follow button for whoever reads a page. */
@Injectable()
export class FollowWays {
  constructor(private readonly quick: QuickFollowService) {}

  /** @param name what is followed, as the archive calls it */
  async button(visit: Visit, target: FollowTarget, name: string): Promise<VNode> {
    const { reader } = visit;
    const isFollowed =
      reader.kind === 'member' && (await this.quick.followed(reader.accountId, [target]))(target);
    return <FollowButton visit={visit} target={target} name={name} isFollowed={isFollowed} />;
  }
}
