import type { PipeTransform } from '@nestjs/common';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { Problem, type Fault } from './problem.js';

type Issue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** Of zod: the fields that a strict object does not know stand here, not in the path. */
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
};

/** More faults than this help nobody; the last line says how many were left out. */
const mostFaults = 100;

/** Every fault by its path; `root` names where the value stands, such as `[3]` of a batch. */
export function faultsOf(issues: readonly Issue[], root = ''): Fault[] {
  const all = issues.flatMap(unknownFieldsApart);
  const faults = all
    .slice(0, mostFaults)
    .map((issue) => ({ path: pathOf(issue.path ?? [], root), message: issue.message }));
  const left = all.length - faults.length;
  return left > 0 ? [...faults, { path: root, message: `and ${left} more` }] : faults;
}

function unknownFieldsApart(issue: Issue): Issue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return (issue.keys ?? []).map((key) => ({
    path: [...(issue.path ?? []), key],
    message: 'is not a known field',
  }));
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
