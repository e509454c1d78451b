import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { ProblemDetails } from './problem.js';

/** Describes what a handler answers: its success by schema, its errors as problem details. */
export function Answers(
  status: number,
  description: string,
  schema?: z.ZodType,
  errors: readonly number[] = [],
) {
  return applyDecorators(
    ApiResponse({ status, description, ...(schema && { standardSchema: schema }) }),
    ...[401, ...errors].map((code) =>
      ApiResponse({
        status: code,
        description: problemMeanings[code] ?? 'error',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
  );
}

const problemMeanings: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'no token, or a wrong one',
  403: 'the token or the tier does not reach so far',
  404: 'not there, or not yours',
  409: 'it is there already',
  413: 'too large',
  415: 'not a media type that is taken here',
  422: 'not valid; errors names every fault',
  429: 'too many: Retry-After says when to come again',
};

/** The component that every error answer refers to. */
export const problemSchema = ProblemDetails;
