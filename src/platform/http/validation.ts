import type { PipeTransform } from '@nestjs/common';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { Problem, type Fault } from './problem.js';

type Issue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

/** More faults than this help nobody; the last line says how many were left out. */
const mostFaults = 100;

/** Every fault by its path; `root` names where the value stands, such as `[3]` of a batch. */
export function faultsOf(issues: readonly Issue[], root = ''): Fault[] {
  const faults = issues
    .slice(0, mostFaults)
    .map((issue) => ({ path: pathOf(issue.path ?? [], root), message: issue.message }));
  const left = issues.length - faults.length;
  return left > 0 ? [...faults, { path: root, message: `and ${left} more` }] : faults;
}

function pathOf(path: NonNullable<Issue['path']>, root: string): string {
  let text = root;
  for (const segment of path) {
    const key = typeof segment === 'object' ? segment.key : segment;
    text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${String(key)}`;
  }
  return text;
}

/** Validates what a handler's parameter has a schema for. */
export function validationPipe(): PipeTransform {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => new Problem(422, 'The request is not valid: see errors.', faultsOf(issues)),
  });
}

/** Validates a value that did not come through a handler's parameter. @throws Problem 422 naming every fault */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  root = '',
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success)
    throw new Problem(422, 'The request is not valid: see errors.', faultsOf(result.error.issues, root));
  return result.data;
}
