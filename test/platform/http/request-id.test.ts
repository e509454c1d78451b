import { describe, expect, it } from 'vitest';
import { requestIdOf } from '../../../src/platform/http/request-id.js';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const made = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  it.each(['a', 'req-1', '01HV4J.9_x-Y', 'x'.repeat(64)])("is the caller's own: %s", (id) => {
    expect(requestIdOf({ 'x-request-id': id, traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toBe(id);
  });

  it('is the trace that the call belongs to', () => {
    expect(requestIdOf({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toBe(trace);
    expect(requestIdOf({ traceparent: `cc-${trace}-00f067aa0ba902b7-01-later` })).toBe(trace);
  });

  it.each([
    '',
    'reader@example.org',
    'two words',
    'x'.repeat(65),
    '.hidden',
    '{"level":60}',
    'a\nb',
    'Grüße',
    ['one', 'two'],
  ])('is a new one when what was sent is no id: %j', (id) => {
    expect(requestIdOf({ 'x-request-id': id })).toMatch(made);
  });

  it.each([
    `ff-${trace}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`,
    trace,
  ])('is a new one when the trace is not valid: %s', (traceparent) => {
    expect(requestIdOf({ traceparent })).toMatch(made);
  });

  it('is new each time', () => {
    expect(requestIdOf({})).not.toBe(requestIdOf({}));
  });
});
