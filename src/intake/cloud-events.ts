import { parseArchiveEvent, type ArchiveEvent } from '../domain/archive-event.js';
import { Problem, type Fault } from '../platform/http/problem.js';
import { faultsOf } from '../platform/http/validation.js';

/** Largest event, batch in bytes, and batch in events. */
export const intakeLimits = {
  eventBytes: 256 * 1024,
  batchBytes: 8 * 1024 * 1024,
  batchEvents: 1_000,
} as const;

export const structuredType = 'application/cloudevents+json';
export const batchType = 'application/cloudevents-batch+json';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Reads the events of a request in any of the three content modes of the CloudEvents HTTP binding 1.0.
 *
 * @throws Problem 400 malformed JSON, 413 too large, 415 another media type, 422 with every fault by its path
 */
export function readEvents(headers: Headers, body: Buffer): ArchiveEvent[] {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Problem(415, 'Send the body as it is, without a Content-Encoding.');
  }
  const mediaType = String(headers['content-type'] ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase();
  if (mediaType === batchType) return readBatch(parseJson(body));
  if (body.length > intakeLimits.eventBytes) throw tooLarge('The event');
  if (mediaType === structuredType) return validated([parseJson(body)], () => '');
  if (headers['ce-specversion'] !== undefined && mediaType === 'application/json') {
    return validated([binaryEvent(headers, body)], () => '');
  }
  throw new Problem(
    415,
    `Send events as ${structuredType}, as ${batchType}, or in binary mode: ce-* headers and a body of application/json.`,
  );
}

/** Parses one line of newline-delimited events. @throws Problem as `readEvents` */
export function readEventLine(line: string): ArchiveEvent {
  if (Buffer.byteLength(line) > intakeLimits.eventBytes) throw tooLarge('The event');
  const [event] = validated([parseJson(Buffer.from(line))], () => '');
  if (!event) throw new Error('a valid event vanished');
  return event;
}

function readBatch(batch: unknown): ArchiveEvent[] {
  if (!Array.isArray(batch))
    throw new Problem(422, 'A batch is a JSON array of events.', [{ path: '', message: 'must be an array' }]);
  if (batch.length > intakeLimits.batchEvents) {
    throw new Problem(
      413,
      `A batch holds at most ${intakeLimits.batchEvents} events; this one has ${batch.length}. Send it in parts.`,
    );
  }
  const large = batch.findIndex((event) => bytesOf(event) > intakeLimits.eventBytes);
  if (large >= 0) throw tooLarge(`Event [${large}]`);
  return validated(batch, (index) => `[${index}]`);
}

function validated(values: readonly unknown[], rootOf: (index: number) => string): ArchiveEvent[] {
  const faults: Fault[] = [];
  const events = values.flatMap((value, index) => {
    const result = parseArchiveEvent(value);
    if (!result.success) faults.push(...faultsOf(result.error.issues, rootOf(index)));
    return result.success ? [result.data] : [];
  });
  if (faults.length > 0) throw new Problem(422, 'Nothing was taken: see errors.', faults);
  return events;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new Problem(
      400,
      `The body is not JSON in UTF-8: ${error instanceof SyntaxError ? error.message : 'bad encoding'}.`,
    );
  }
}

/** Binary mode: the attributes are headers, percent-encoded; the body is the data. */
function binaryEvent(headers: Headers, body: Buffer): unknown {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('ce-') && typeof value === 'string') attributes[name.slice(3)] = attributeOf(value);
  }
  return { ...attributes, data: parseJson(body) };
}

/** A header's value may be quoted, with backslashes, and is percent-encoded: HTTP binding, section 3.1.3.2. */
function attributeOf(value: string): string {
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  const plain = quoted === undefined ? value : quoted.replaceAll(/\\(.)/gs, '$1');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** @throws Problem 400 when the event is nested so deeply that it cannot be written again */
function bytesOf(event: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(event));
  } catch (error) {
    if (error instanceof RangeError) throw new Problem(400, 'An event of the batch is nested too deeply.');
    throw error;
  }
}

function tooLarge(what: string): Problem {
  return new Problem(413, `${what} is larger than ${intakeLimits.eventBytes / 1024} KiB.`);
}
