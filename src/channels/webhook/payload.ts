import { z } from 'zod';
import { AlertData } from '../../domain/alert-data.js';
import { CoverageData } from './coverage-data.js';
import { DigestData } from './digest-data.js';
import { EchoData } from './echo-data.js';

const Time = z.iso.datetime();

/** A body of one type. @param words what it tells */
function payload<const Type extends string, Data extends z.ZodType>(type: Type, data: Data, words: string) {
  const timestamp = Time.describe('when the delivery was made; the same through every attempt');
  return z.object({ type: z.literal(type), timestamp, data }).describe(words);
}

export const EndpointTest = z
  .object({
    type: z.literal('endpoint.test'),
    timestamp: Time,
    data: z.object({ message: z.string(), archive: z.string() }),
  })
  .describe('A test, asked for by the owner of the endpoint.');
export type EndpointTest = z.infer<typeof EndpointTest>;

/** Every body that an endpoint can get, by its `type`. */
export const webhookPayloads = {
  'alert.created': payload(
    'alert.created',
    AlertData,
    'A revision of a document matched watchlists: all its matching changes, gravest first.',
  ),
  'alert.reverted': payload(
    'alert.reverted',
    EchoData.reverted,
    'What an alert told went back: its provisions are again as at an earlier time.',
  ),
  'alert.retracted': payload(
    'alert.retracted',
    EchoData.retracted,
    'The archive took back what an alert told: it was wrong.',
  ),
  'alert.corrected': payload(
    'alert.corrected',
    EchoData.corrected,
    'The archive corrected what an alert told; `changes` is how it reads now.',
  ),
  'alert.reminder': payload(
    'alert.reminder',
    EchoData.reminder,
    'A rise that an alert told of takes effect soon.',
  ),
  'digest.created': payload(
    'digest.created',
    DigestData,
    'What a window of time changed on balance, for all watchlists of one cadence that lead here.',
  ),
  'coverage.lost': payload(
    'coverage.lost',
    CoverageData,
    'The archive does not see a followed document any more: its silence means nothing.',
  ),
  'coverage.back': payload(
    'coverage.back',
    CoverageData,
    'The archive sees a followed document again that was out of sight.',
  ),
  'endpoint.test': EndpointTest,
} as const;

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
  return Object.entries(webhookPayloads).map(([type, body]) => {
    const name = `${type}.v${version}.json`;
    const { $schema, ...schema } = z.toJSONSchema(body, {
      io: 'output',
      override: ({ jsonSchema }) => {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    });
    return { type, version, name, schema: { $schema, $id: `${baseUrl}/${name}`, title: type, ...schema } };
  });
}
