import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { parseRowId, type DeliveryId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Answers } from '../platform/http/answers.js';
import { keyOfCursor, pageOf, pageOfRows, PageQuery } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { DeliveryQueue } from './delivery-queue.js';
import {
  findDelivery,
  listAttempts,
  listDeliveries,
  replayDelivery,
  type AttemptRow,
  type DeliveryRow,
} from './delivery-log.store.js';

const states = ['due', 'leased', 'delivered', 'dead', 'cancelled'] as const;

const Delivery = z.object({
  id: z.string(),
  alertId: z.string().nullable(),
  destinationId: z.string(),
  kind: z.enum(['alert', 'test', 'confirm']),
  lane: z.string(),
  state: z.enum(states),
  reason: z.string().nullable().describe('why it failed, waits or was cancelled'),
  dueAt: z.iso.datetime().nullable().describe('when the next attempt is due; null once it has ended'),
  deliveredAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  attempts: z.array(
    z.object({
      at: z.iso.datetime(),
      outcome: z.enum(['delivered', 'retry', 'permanent']),
      status: z.int().nullable().describe("the answer's code: HTTP or SMTP"),
      ms: z.int(),
      reason: z.string().nullable(),
      excerpt: z.string().nullable().describe('the beginning of the answer'),
    }),
  ),
});
type Delivery = z.infer<typeof Delivery>;

const RowIdFilter = z
  .string()
  .refine((id) => parseRowId(id) !== null, 'must be an id')
  .optional();
const ListQuery = PageQuery.extend({
  destination: RowIdFilter,
  alert: RowIdFilter,
  state: z.enum(states).optional(),
});

/** The log of what went out, and what became of it. */
@ApiTags('deliveries')
@Controller('v1/deliveries')
@Allow('account')
export class DeliveryController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: DeliveryQueue,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listDeliveries', summary: 'Deliveries with their attempts, newest first' })
  @Answers(200, 'A page of deliveries', pageOf(Delivery), [422])
  async list(
    @CurrentAccount() account: CurrentAccount,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ) {
    const { destination = null, alert = null, state = null, limit, cursor } = query;
    const name = `deliveries ${JSON.stringify([destination, alert, state])}`;
    const before = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const rows = await listDeliveries(this.database, account.id, {
      destination,
      alert,
      state,
      before,
      limit: limit + 1,
    });
    const attempts = await listAttempts(
      this.database,
      rows.map((row) => row.id),
    );
    return pageOfRows(
      name,
      rows,
      limit,
      (row) => row.id,
      (row) => view(row, attempts.get(row.id) ?? []),
    );
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDelivery', summary: 'One delivery with its attempts' })
  @Answers(200, 'The delivery', Delivery, [404])
  async get(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Delivery> {
    return this.find(account, id);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @ApiOperation({ operationId: 'replayDelivery', summary: 'Send an ended delivery again, with the same ids' })
  @Answers(202, 'It is due again', Delivery, [404, 409])
  async replay(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Delivery> {
    const delivery = await this.find(account, id);
    const lane = await this.database.transaction(async (tx) =>
      replayDelivery(tx, account.id, delivery.id as DeliveryId, this.clock.now()),
    );
    if (lane === null)
      throw new Problem(409, 'The delivery is still on its way: it can be replayed once it has ended.');
    await this.queue.ring(lane);
    return this.find(account, id);
  }

  private async find(account: CurrentAccount, id: string): Promise<Delivery> {
    const rowId = parseRowId<'delivery'>(id);
    const row = rowId && (await findDelivery(this.database, account.id, rowId));
    if (!row) throw notFound('delivery');
    return view(row, (await listAttempts(this.database, [row.id])).get(row.id) ?? []);
  }
}

function view(row: DeliveryRow, attempts: readonly AttemptRow[]): Delivery {
  const waits = row.state === 'due' || row.state === 'leased';
  return {
    ...row,
    dueAt: waits ? row.dueAt.toISOString() : null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    attempts: attempts.map(({ deliveryId: _, at, ...attempt }) => ({ at: at.toISOString(), ...attempt })),
  };
}
