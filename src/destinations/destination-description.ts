import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import type { ChannelRegistry } from '../channels/registry.js';

type JsonSchema = Record<string, unknown>;
type NewDestinationSchema = { properties: { kind: JsonSchema; settings: JsonSchema } };

/** Adds to the API's description which kinds of destinations there are, and what each is set up with. */
export function describeDestinations(document: OpenAPIObject, channels: ChannelRegistry): void {
  const body = document.paths['/v1/destinations']?.post?.requestBody;
  if (body === undefined || !('content' in body)) return;
  const schema = body.content['application/json']?.schema as NewDestinationSchema | undefined;
  if (schema === undefined) return;
  const { kind, settings } = schema.properties;
  schema.properties = {
    ...schema.properties,
    kind: { ...kind, enum: channels.kinds },
    settings: { description: settings['description'], anyOf: channels.all.map(settingsOf) },
  };
}

function settingsOf({ kind, settingsSchema }: ChannelRegistry['all'][number]): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
  return { title: kind, ...schema };
}
