import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../accounts/principal.js';
import { SlackSignature } from './slack-signature.js';
import { SlackWorkspacesService } from './slack-workspaces.service.js';

const UrlVerification = z.object({ type: z.literal('url_verification'), challenge: z.string() });

/** The two that tell of the end. Both may come, in either order, again and late. */
const End = z.object({
  type: z.literal('event_callback'),
  team_id: z.string(),
  /** In whole seconds. */
  event_time: z.int().nonnegative().max(99_999_999_999),
  event: z.union([
    z.object({ type: z.literal('app_uninstalled') }),
    // By their users. We have bot tokens alone.
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).min(1) }),
    }),
  ]),
});

/**
 * Where Slack tells of what happens in workspaces; its signature is the proof, so there is no token. What is of no use here is
 * taken too: Slack would send it again, and at last nothing more. An answer that fails makes it try again, three times within
 * the hour.
 *
 * @see https://docs.slack.dev/apis/events-api
 */
@ApiExcludeController()
@Controller('slack/events')
@Allow('public')
@UseGuards(SlackSignature)
export class SlackEventsController {
  constructor(private readonly workspaces: SlackWorkspacesService) {}

  @Post()
  @HttpCode(200)
  async take(@Body() body: unknown): Promise<{ challenge?: string }> {
    const verification = UrlVerification.safeParse(body);
    if (verification.success) return { challenge: verification.data.challenge };
    const end = End.safeParse(body);
    if (end.success) {
      await this.workspaces.noteUninstalled(end.data.team_id, new Date(end.data.event_time * 1_000));
    }
    return {};
  }
}
