import { Controller, Headers, HttpCode, Post, RawBody, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../accounts/principal.js';
import { archiveEvents } from '../domain/archive-event.js';
import { SeverityDelta } from '../domain/delta.js';
import { Answers } from '../platform/http/answers.js';
import { batchType, intakeLimits, readEvents, structuredType } from './cloud-events.js';
import { Intake } from './intake.js';

const Receipt = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  results: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['accepted', 'duplicate']),
      changeId: z.string().nullable().describe('null for an event that is no change'),
      delta: SeverityDelta.nullable(),
    }),
  ),
});

const eventSchemas = Object.values(archiveEvents).map((event) => {
  const { $schema: _, ...schema } = z.toJSONSchema(event, { io: 'input', unrepresentable: 'any' });
  return schema;
});
const anyEvent = { anyOf: eventSchemas };

/** What the call takes, for the API's description: one event, a batch, or the data of one with its attributes as headers. */
export const eventsBody = {
  required: true,
  content: {
    [structuredType]: { schema: anyEvent },
    [batchType]: { schema: { type: 'array', maxItems: intakeLimits.batchEvents, items: anyEvent } },
    'application/json': {
      schema: { anyOf: eventSchemas.map(({ properties }) => properties?.['data'] ?? {}) },
    },
  },
};

/** Events in over HTTP. */
@ApiTags('events')
@Controller('v1/events')
@Allow('ingest')
export class EventsController {
  constructor(private readonly intake: Intake) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'sendEvents',
    summary:
      'Send changes, corrections, retractions and checks as CloudEvents: one, a batch, or in binary mode (application/json with ce-* headers)',
  })
  @Answers(202, 'What became of each event', Receipt, [400, 403, 413, 415, 422])
  async send(
    @Headers() headers: Record<string, string | undefined>,
    @RawBody() body: Buffer | undefined,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<z.infer<typeof Receipt>> {
    return this.intake.take(readEvents(headers, body ?? Buffer.alloc(0)), { silent: false, requestId });
  }
}
