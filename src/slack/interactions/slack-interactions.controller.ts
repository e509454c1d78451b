import { setTimeout as wait } from 'node:timers/promises';
import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  Post,
  UseGuards,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../../accounts/principal.js';
import { LOGGER, type Logger } from '../../platform/logger.js';
import { SlackSignature } from '../slack-signature.js';
import { ClickerReplies } from './clicker-replies.js';
import { readClick, type SlackClick } from './slack-click.js';
import { SlackClicks } from './slack-clicks.service.js';

/** Slack shows the reader a warning when it has no answer after three seconds. */
const answerWithinMs = 2_500;

/** Where Slack tells of clicks in messages. Slack's signature is the proof, so there is no token. */
@ApiExcludeController()
@Controller('slack/interactions')
@Allow('public')
@UseGuards(SlackSignature)
export class SlackInteractionsController implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly clicks: SlackClicks,
    private readonly replies: ClickerReplies,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Answers 200 to whatever Slack signed, in time: of what went wrong the one who clicked is told apart. */
  @Post()
  @HttpCode(200)
  async take(
    @Headers('x-slack-signature') signature: string,
    @Body() body: { payload?: unknown } | undefined,
  ): Promise<void> {
    const click = readClick(body?.payload);
    if (click === null) return;
    const work = this.work(click, signature).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
    const inTime = new AbortController();
    const timer = wait(answerWithinMs, undefined, { signal: inTime.signal }).catch(() => undefined);
    await Promise.race([work, timer]);
    inTime.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
    await this.replies.close();
  }

  private async work(click: SlackClick, signature: string): Promise<void> {
    try {
      const { told, later } = await this.clicks.take(click, signature);
      // Nobody waits for it: the click itself is done.
      void this.tell(click, told);
      void later.then(async (text) => this.tell(click, text));
    } catch (error) {
      this.log.error({ err: error }, 'a click in Slack came to nothing');
      void this.tell(click, 'That did not work. Try again in a minute.');
    }
  }

  private async tell({ responseUrl }: SlackClick, text: string | null): Promise<void> {
    if (text === null || responseUrl === null) return;
    try {
      if (await this.replies.send(responseUrl, text)) return;
      this.log.warn({}, 'who clicked in Slack could not be told: the address was refused');
    } catch (error) {
      const { code } = error as { code?: unknown };
      this.log.warn({ code }, 'who clicked in Slack could not be told');
    }
  }
}
