import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../platform/http/problem.js';

const multipart = 'multipart/form-data';

/** A form of ours has one short field, and what mail providers post is not much more. A route may allow more. */
const mostBytes = 16 * 1024;

/**
 * Lets the forms of pages come as multipart/form-data, which RFC 8058 allows; Nest reads urlencoded ones by itself. Only
 * pages take it: the API would else have to take it for ever.
 */
export function acceptForms(adapter: FastifyAdapter, formPaths: readonly string[]): void {
  const read = async (request: FastifyRequest, body: Buffer): Promise<Record<string, string>> => {
    const route = request.routeOptions.url ?? '';
    if (!formPaths.some((path) => route.startsWith(path))) {
      throw new Problem(415, `${multipart} is not taken here.`);
    }
    return fieldsOf(request.headers['content-type'] ?? '', body);
  };
  adapter.useBodyParser(multipart, false, { bodyLimit: mostBytes }, read as never);
}

/** The text fields of a form, and its files as text, the first of each name. What cannot be read has none: the address that it was posted to says enough. */
async function fieldsOf(type: string, body: Buffer): Promise<Record<string, string>> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const texts = await Promise.all(
      [...form].map(
        async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()] as const,
      ),
    );
    return Object.fromEntries(texts.toReversed());
  } catch (error) {
    if (error instanceof TypeError) return {};
    throw error;
  }
}
