import { z } from 'zod';
import { AlertData } from '../../domain/alert-data.js';

const Time = z.iso.datetime();

const AlertCreated = z
  .object({
    type: z.literal('alert.created'),
    timestamp: Time.describe('when the delivery was made; the same through every attempt'),
    data: AlertData,
  })
  .describe('A revision of a document matched watchlists: all its matching changes, gravest first.');

export const EndpointTest = z
  .object({
    type: z.literal('endpoint.test'),
    timestamp: Time,
    data: z.object({ message: z.string(), archive: z.string() }),
  })
  .describe('A test, asked for by the owner of the endpoint.');
export type EndpointTest = z.infer<typeof EndpointTest>;

/** Every body that an endpoint can get, by its `type`. */
export const webhookPayloads = { 'alert.created': AlertCreated, 'endpoint.test': EndpointTest } as const;

/** What would break a receiver that goes by a schema gets the next number, and is published beside this one. */
const version = 1;

export type PayloadSchema = {
  type: string;
  version: number;
  /** `alert.created.v1.json`: of the file, and the end of its `$id`. */
  name: string;
  /** JSON Schema 2020-12. */
  schema: Record<string, unknown>;
};

/** The bodies as JSON Schema. They allow fields that they do not name: new ones come without a new version. */
export function payloadSchemas(baseUrl: string): PayloadSchema[] {
  return Object.entries(webhookPayloads).map(([type, payload]) => {
    const name = `${type}.v${version}.json`;
    const { $schema, ...schema } = z.toJSONSchema(payload, {
      io: 'output',
      override: ({ jsonSchema }) => {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    });
    return { type, version, name, schema: { $schema, $id: `${baseUrl}/${name}`, title: type, ...schema } };
  });
}
