import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { DestinationChangesService } from './destination-changes.service.js';
import { destinationIdOf } from './destination-id.js';
import { Destination, DestinationChanges, DestinationWithSecret, NewDestination } from './destination.js';
import { DestinationService } from './destination.service.js';

/** The places where an account wants its alerts. */
@ApiTags('destinations')
@Controller('v1/destinations')
@Allow('account')
export class DestinationController {
  constructor(
    private readonly destinations: DestinationService,
    private readonly changes: DestinationChangesService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listDestinations', summary: 'Your destinations, oldest first' })
  @Answers(200, 'A page of destinations', pageOf(Destination), [422])
  async list(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Destination>> {
    return this.destinations.list(id, query);
  }

  @Post()
  @ApiOperation({
    operationId: 'createDestination',
    summary: 'Make a destination',
    description:
      'An email address other than your own is `pending` until the link in the mail that it gets is opened: one mail, and ' +
      'one answer, for all of your destinations that wait at the address. See `confirmation`. ' +
      'An address that bounced, or whose reader complained, is refused: see /v1/suppressions. ' +
      'A webhook gets its signing secret, which is shown in this answer and never again.',
  })
  @Answers(201, 'The destination', DestinationWithSecret, [403, 409, 422, 429])
  async create(
    @CurrentAccount() { id }: CurrentAccount,
    @Body({ schema: NewDestination }) destination: NewDestination,
  ): Promise<DestinationWithSecret> {
    return this.destinations.create(id, destination);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDestination', summary: 'One destination' })
  @Answers(200, 'The destination', Destination, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Destination> {
    return this.destinations.get(account.id, destinationIdOf(id));
  }

  @Patch(':id')
  @ApiOperation({
    operationId: 'updateDestination',
    summary: 'Change a destination',
    description:
      'What is left out stays as it is. `settings` replaces all of them, the secret ones too; ' +
      'a new email address has to be confirmed.',
  })
  @Answers(200, 'The destination as it is now', Destination, [403, 404, 409, 422, 429])
  async update(
    @CurrentAccount() account: CurrentAccount,
    @Param('id') id: string,
    @Body({ schema: DestinationChanges }) changes: DestinationChanges,
  ): Promise<Destination> {
    return this.changes.update(account.id, destinationIdOf(id), changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteDestination',
    summary: 'Delete a destination',
    description: 'Its deliveries go with it. Watchlists keep their other destinations, and alerts stay.',
  })
  @Answers(204, 'Deleted', undefined, [404])
  async remove(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    await this.destinations.remove(account.id, destinationIdOf(id));
  }
}
