import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillBody, renderBody } from '../../../src/channels/webhook/body.js';
import { webhookPayloads } from '../../../src/channels/webhook/payload.js';
import { recipient } from '../../support/alert-content-fixture.js';

const page = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
/** The messages among the JSON of the page. */
const examples = [...page.matchAll(/```json\n(.*?)```/gs)]
  .map(([, json]) => JSON.parse(json ?? '') as object)
  .filter((one) => 'type' in one);

describe('docs/webhooks.md', () => {
  it('shows one example of each type, and each is what its schema says', () => {
    const types = Object.entries(webhookPayloads);
    expect(examples).toHaveLength(types.length);
    for (const [type, schema] of types) {
      const example = examples.find((one) => (one as { type: string }).type === type);
      expect(schema.parse(example)).toEqual(example);
    }
  });

  it('shows the test message as it is sent', () => {
    const content = { kind: 'test', archiveName: 'ConductAtlas Policy Archive' } as const;
    const { head, rest } = fillBody(
      renderBody(content),
      recipient({ createdAt: '2026-03-24T09:00:31.218Z' }),
    );
    expect(examples).toContainEqual(JSON.parse(head + rest.toString()));
  });
});
