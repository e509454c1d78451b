import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/platform/package-root.js';

/** The return path in the samples: in the form of one of ours, and signed by nobody. */
export const sampleReturnPath = 'bounce+abcdefghijklmnopqrstuvwxyz234567@example.org';

/** The mail that all samples are about. */
export const sampleMessageId = '<0f6d1c2b@example.org>';

/** A report as a mail system would send it, with LF at the end of each line. */
export function sample(name: string): Buffer {
  return readFileSync(join(packageRoot(), 'test/mail-reports/samples', name));
}

/** The same as it goes over the wire. */
export function onTheWire(source: Buffer): Buffer {
  return Buffer.from(source.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
