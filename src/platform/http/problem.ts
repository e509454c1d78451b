import { z } from 'zod';

/** One fault of the input: where it is and what to do about it. */
export const Fault = z.object({
  path: z.string().describe('where the fault is, such as `data.after.severity` or `[3].data.entity.id`'),
  message: z.string(),
});
export type Fault = z.infer<typeof Fault>;

/** RFC 9457 problem details. */
export const ProblemDetails = z.object({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(Fault).optional(),
});

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** An answer that is an error. Whatever it says is read by the caller: name the fault and the remedy. */
export class Problem extends Error {
  override name = 'Problem';

  constructor(
    readonly status: number,
    detail: string,
    readonly faults?: readonly Fault[],
    /** Further members of the problem, such as the limit that was passed. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  body(): Record<string, unknown> {
    return {
      type: 'about:blank',
      title: titles[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      ...(this.faults && { errors: this.faults }),
      ...this.extensions,
    };
  }
}

/** The same answer for what does not exist and for what is somebody else's. */
export function notFound(what: string): Problem {
  return new Problem(404, `There is no such ${what}.`);
}
