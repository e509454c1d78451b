import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { ConfirmationService } from './confirmation.service.js';
import { DestinationChangesService } from './destination-changes.service.js';
import { destinationIdOf } from './destination-id.js';
import { DestinationSendingService } from './destination-sending.service.js';
import {
  Asked,
  Destination,
  DestinationWithSecret,
  Recovered,
  RecoverRequest,
  TestSent,
} from './destination.js';

/** What can be done with a destination. */
@ApiTags('destinations')
@Controller('v1/destinations/:id')
@Allow('account')
export class DestinationWorkController {
  constructor(
    private readonly changes: DestinationChangesService,
    private readonly sending: DestinationSendingService,
    private readonly confirmations: ConfirmationService,
  ) {}

  @Post('confirmation')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'askToConfirmDestination',
    summary: 'Ask once more to confirm an address',
    description:
      'The link of whichever mail that arrives confirms all of your destinations that wait at the address. Three mails a ' +
      'day go to an address for you, six to one mailbox for everybody (with whatever is behind a "+"), and thirty of yours ' +
      'in all; `Retry-After` says when there may be another.',
  })
  @Answers(202, 'It is on its way: see the delivery', Asked, [404, 409, 429])
  async ask(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Asked> {
    return this.confirmations.askAgain(account.id, destinationIdOf(id));
  }

  @Post('test')
  @HttpCode(202)
  @ApiOperation({ operationId: 'testDestination', summary: 'Send a test message' })
  @Answers(202, 'It is on its way: see the delivery', TestSent, [404, 409])
  async test(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<TestSent> {
    return { deliveryId: await this.sending.test(account.id, destinationIdOf(id)) };
  }

  @Post('rotate-secret')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rotateDestinationSecret',
    summary: 'Make a new signing secret',
    description: 'The old one stays valid for 24 hours: until then requests are signed with both.',
  })
  @Answers(200, 'The destination with its new secret, shown once', DestinationWithSecret, [404, 409])
  async rotateSecret(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
  ): Promise<DestinationWithSecret> {
    return this.changes.rotateSecret(account.id, destinationIdOf(id));
  }

  @Post('enable')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'enableDestination',
    summary: 'Back to work, from paused or disabled',
    description:
      "Somebody else's email address that was disabled, or whose reader unsubscribed, has to be confirmed anew: it is " +
      '`pending` then.',
  })
  @Answers(200, 'The destination as it is now', Destination, [403, 404, 409, 429])
  async enable(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Destination> {
    return this.changes.enable(account.id, destinationIdOf(id));
  }

  @Post('recover')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'recoverDestination',
    summary: 'Send again what was missed',
    description:
      'Alerts made since then whose delivery failed for good or was cancelled, with their old ids. What arrived, is on ' +
      'its way or was told in a summary is left alone.',
  })
  @Answers(202, 'They are on their way', Recovered, [404, 409, 422])
  async recover(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Body({ schema: RecoverRequest }) { since }: RecoverRequest,
  ): Promise<Recovered> {
    return { recovered: await this.sending.recover(account.id, destinationIdOf(id), new Date(since)) };
  }
}
