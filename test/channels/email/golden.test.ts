import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Recipient } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { alertContent, changesOfEveryKind, recipient } from '../../support/alert-content-fixture.js';
import { mailOf } from './email-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeat,
  readerWithoutAlert,
} from './later-content.js';

const folder = new URL('golden/', import.meta.url);
const archiveName = 'ConductAtlas Policy Archive';
const [introduced] = changesOfEveryKind;

const mails: Record<string, { content: Content; reader?: Recipient }> = {
  'every-kind-professional': { content: alertContent() },
  'every-kind-free': { content: alertContent({ tier: 'free' }) },
  'follow-up-of-one-change': {
    content: alertContent({ followUp: true, changes: introduced === undefined ? [] : [introduced] }),
  },
  confirm: {
    content: { kind: 'confirm', archiveName },
    reader: recipient({
      alert: null,
      links: { confirm: 'https://tocsin.example/confirm/c1.aGVsbG8?a=1&b=2' },
    }),
  },
  'sign-in': {
    content: { kind: 'sign-in', purpose: 'link', archiveName },
    reader: recipient({ alert: null, links: { confirm: 'https://tocsin.example/sign-in/aGVsbG8' } }),
  },
  'sign-up': {
    content: { kind: 'sign-in', purpose: 'sign-up', archiveName },
    reader: recipient({ alert: null, links: { confirm: 'https://tocsin.example/sign-in/aGVsbG8' } }),
  },
  'no-account': {
    content: { kind: 'sign-in', purpose: 'no-account', archiveName },
    reader: recipient({ alert: null, links: {} }),
  },
  digest: { content: digestContent(), reader: readerWithoutAlert() },
  'quiet-hours': {
    content: digestContent({
      occasion: 'quiet-hours',
      from: '2026-05-03T20:00:00Z',
      until: '2026-05-04T05:00:00Z',
      echoes: [],
      cancelledOut: 0,
    }),
    reader: readerWithoutAlert(),
  },
  heartbeat: { content: heartbeat(), reader: readerWithoutAlert() },
  reverted: { content: echoContent('reverted') },
  retracted: { content: echoContent('retracted') },
  corrected: { content: echoContent('corrected') },
  reminder: { content: echoContent('reminder') },
  lost: { content: coverageContent(), reader: readerWithoutAlert() },
  back: { content: coverageContent({ about: 'back', detail: null }), reader: readerWithoutAlert() },
  test: { content: { kind: 'test', archiveName }, reader: recipient({ alert: null, links: {} }) },
};

/** What the file holds. Writes it first when `UPDATE_GOLDEN=1`: read the difference before you commit it. */
async function golden(name: string, actual: string): Promise<string> {
  const file = new URL(name, folder);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    await mkdir(folder, { recursive: true });
    await writeFile(file, actual);
  }
  return readFile(file, 'utf8');
}

describe('the mails as they go out', () => {
  it.each(Object.entries(mails))('%s looks as it did', async (name, { content, reader }) => {
    const { html, text, ...rest } = await mailOf(content, reader);
    const files = {
      [`${name}.html`]: `${html}\n`,
      [`${name}.txt`]: `${text}\n`,
      [`${name}.headers.json`]: `${JSON.stringify(rest, null, 2)}\n`,
    };
    for (const [file, actual] of Object.entries(files)) expect(actual).toBe(await golden(file, actual));
  });

  it('renders the same content to the same mail every time', async () => {
    expect(await mailOf(alertContent())).toEqual(await mailOf(alertContent()));
  });
});
