import type { Form } from '../../domain/message-form.js';

/** From the least to the most. The least fits into every message, whatever the event holds. */
export const forms: readonly Form[] = [
  { diff: 160, summary: 140, detail: 0, items: 0, citation: 250 },
  { diff: 320, summary: 240, detail: 0, items: 0, citation: 250 },
  { diff: 600, summary: 360, detail: 240, items: 2, citation: 300 },
  { diff: 1_000, summary: 500, detail: 400, items: 6, citation: 400 },
  { diff: 1_800, summary: 800, detail: 800, items: 12, citation: 600 },
];
