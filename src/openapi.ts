import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { eventsBody } from './intake/events.controller.js';
import { ChannelRegistry } from './channels/registry.js';
import { describeDestinations } from './destinations/destination-description.js';
import { problemSchema } from './platform/http/answers.js';
import { publishedSchemas, publishSchemas, schemasPath } from './published-schemas.js';

/**
 * Serves the API's description at /v1/openapi.json, and a page of it at /docs. It is made at the first request. What webhooks
 * get is described at /v1/schemas as well.
 */
export function describeApi(app: INestApplication, publicUrl: string): void {
  publishSchemas(app, publicUrl);
  let document: OpenAPIObject | null = null;
  SwaggerModule.setup('docs', app, () => (document ??= apiDocument(app, publicUrl)), {
    jsonDocumentUrl: 'v1/openapi.json',
    customSiteTitle: 'Tocsin API',
    raw: ['json'],
  });
}

function apiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tocsin')
    .setDescription(
      'Turns provision changes into alerts. Times are RFC 3339 UTC, errors RFC 9457 problem details.',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .addSecurityRequirements('token')
    .build();
  const document = SwaggerModule.createDocument(app, description);
  // The generator knows one body a call; this one has three.
  const send = document.paths['/v1/events']?.post;
  if (send) send.requestBody = eventsBody as never;
  describeDestinations(document, app.get(ChannelRegistry));
  const components = (document.components ??= {});
  components.schemas = { ...components.schemas, Problem: jsonSchema(problemSchema) };
  Object.assign(document.paths, schemasPath);
  return Object.assign(document, { webhooks: webhooks(publicUrl) });
}

/** As Standard Webhooks has them. */
const webhookHeaders = [
  ['webhook-id', 'names the message: the same through every attempt'],
  ['webhook-timestamp', 'when the attempt was made, in seconds since 1970'],
  [
    'webhook-signature',
    'one `v1,` and base64 for each secret that is valid, a space between them: HMAC-SHA256 over `id.timestamp.body`',
  ],
].map(([name, description]) => ({
  in: 'header',
  name,
  required: true,
  description,
  schema: { type: 'string' },
}));

/** The schemas are the published ones, whole: tools need not fetch them, and `$id` says where they are. */
function webhooks(publicUrl: string): Record<string, unknown> {
  return Object.fromEntries(
    publishedSchemas(publicUrl).map(({ type, schema: { $schema: _, ...schema } }) => [
      type,
      {
        post: {
          operationId: `on-${type.replace('.', '-')}`,
          summary: `Sent to webhook destinations as ${type}, signed by Standard Webhooks`,
          // Its sender is known by the signature, and by no token.
          security: [],
          parameters: webhookHeaders,
          externalDocs: { description: 'The same as a JSON Schema', url: schema['$id'] },
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { '2XX': { description: 'Taken. Anything else is tried again.' } },
        },
      },
    ]),
  );
}

function jsonSchema(schema: z.ZodType): never {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return rest as never;
}
