import { expect, it } from 'vitest';
import { SilenceReason, silenceWords } from '../../src/domain/silence.js';

it('has words for each reason, that are sentences', () => {
  for (const reason of SilenceReason.options) expect(silenceWords[reason]).toMatch(/^[A-Z].*\.$/);
});
