import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { payloadSchemas } from './channels/webhook/payload.js';

const path = '/v1/schemas';

/** Their names hold their versions, and within one they only grow. */
const cacheControl = 'public, max-age=3600';

/** The schemas of what webhooks get, as they are published. */
export function publishedSchemas(publicUrl: string) {
  return payloadSchemas(publicUrl + path);
}

const listSchema = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          version: { type: 'integer' },
          url: { type: 'string', format: 'uri' },
        },
        required: ['type', 'version', 'url'],
      },
    },
  },
  required: ['items'],
};

/** The call that lists them, for the API's description. */
export const schemasPath = {
  [path]: {
    get: {
      operationId: 'listSchemas',
      summary: 'What webhooks get, as JSON Schemas with their versions; needs no token',
      tags: ['schemas'],
      security: [],
      responses: {
        '200': { description: 'The list', content: { 'application/json': { schema: listSchema } } },
      },
    },
  },
};

/** Serves the schemas of what webhooks get, and a list of them, to anybody: tools fetch them without a token. */
export function publishSchemas(app: INestApplication, publicUrl: string): void {
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  const serve = (at: string, contentType: string, content: unknown) => {
    const text = JSON.stringify(content);
    server.get(at, async (_request, reply) =>
      reply
        .header('content-type', contentType)
        .header('cache-control', cacheControl)
        .header('access-control-allow-origin', '*')
        .send(text),
    );
  };
  const schemas = publishedSchemas(publicUrl);
  for (const { name, schema } of schemas) serve(`${path}/${name}`, 'application/schema+json', schema);
  const items = schemas.map(({ type, version, schema }) => ({ type, version, url: schema['$id'] }));
  serve(path, 'application/json; charset=utf-8', { items });
}
