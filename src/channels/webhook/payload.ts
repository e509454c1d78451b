import { z } from 'zod';
import { AlertData } from '../../domain/alert-data.js';

const Time = z.iso.datetime();

/** A revision of a document matched watchlists: all its matching changes, gravest first. */
const AlertCreated = z.object({
  type: z.literal('alert.created'),
  timestamp: Time.describe('when the delivery was made; the same through every attempt'),
  data: AlertData,
});

/** A test, asked for by the owner of the endpoint. */
export const EndpointTest = z.object({
  type: z.literal('endpoint.test'),
  timestamp: Time,
  data: z.object({ message: z.string(), archive: z.string() }),
});
export type EndpointTest = z.infer<typeof EndpointTest>;

/** Every body that an endpoint can get, by its `type`: for OpenAPI's `webhooks`. */
export const webhookPayloads = { 'alert.created': AlertCreated, 'endpoint.test': EndpointTest } as const;
