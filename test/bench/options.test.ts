import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../bench/options.js';

describe('the arguments of the benchmark', () => {
  it('measure everything in full when there are none', () => {
    expect(parseOptions([])).toEqual({ quick: false, help: false, only: null, runs: null, dataDir: null });
  });

  it('name rows, separated by commas', () => {
    expect(parseOptions(['--only', 'fan-out, webhook'])).toMatchObject({ only: ['fan-out', 'webhook'] });
  });

  it('say how often each row is run', () => {
    expect(parseOptions(['--quick', '--runs', '5'])).toMatchObject({ quick: true, runs: 5 });
    expect(() => parseOptions(['--runs', '0'])).toThrow('--runs');
    expect(() => parseOptions(['--runs', 'many'])).toThrow('--runs');
  });

  it('refuse what they do not know', () => {
    expect(() => parseOptions(['--fast'])).toThrow('--fast');
  });
});
