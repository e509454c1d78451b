import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestApp } from '../support/app.js';
import { livedIn } from '../support/lived-in.js';
import { visitor, type WebVisitor } from '../support/visiting.js';
import { crawl } from './crawl.js';

let app: TestApp;
let member: { id: string };

beforeAll(async () => {
  ({ app, member } = await livedIn({ SIGN_UP: 'open' }));
});
afterAll(async () => app.stop());

/** Each would show if it came to stand unescaped in a text, an attribute, a title, a text area or a link. */
const hostileTexts = [
  `"'><tocsin-x onmouseover=alert(1)>`,
  `</textarea></title></option></script><tocsin-x>`,
  `javascript:alert('tocsin-x')`,
  `{{7*7}} \${7*7} %0d%0aset-cookie:tocsin-x=1 \u202E\uFEFF`,
];

/** Ends what the test stands on: tried elsewhere. */
const ending = /sign-out|\/sessions|\/delete|\/erase/;

type FoundForm = { page: string; action: string; fields: string[] };

it.each([
  ['visitor', undefined],
  ['member', 'member'],
  ['operator', 'operator'],
] as const)(
  'keeps hostile text words, from every field of a %s, on every page',
  async (_, as) => {
    const reader = await visitor(app, as === 'member' ? member : as);
    const forms = (await crawl(reader, ['/', '/operator'], 1)).flatMap(({ path, text }) =>
      formsOf(path, text),
    );
    const faults: string[] = [];
    for (const form of forms) {
      for (const hostile of hostileTexts) {
        for (const field of form.fields) {
          const answer = await send(reader, form, { [field]: hostile });
          if (answer === null) continue;
          if (answer.status >= 500)
            faults.push(`${answer.status} for ${field} of ${form.action} on ${form.page}`);
          faults.push(
            ...injectedIn(answer.text).map(
              (what) => `${what}, by ${field} of ${form.action} on ${form.page}`,
            ),
          );
        }
      }
    }
    const after = await crawl(reader, ['/', '/operator']);
    faults.push(...after.flatMap(({ path, text }) => injectedIn(text).map((what) => `${what}, on ${path}`)));
    expect([...new Set(faults)]).toEqual([]);
  },
  300_000,
);

/** Null where the form is gone since: another one took what it was about away. */
async function send(reader: WebVisitor, { page, action }: FoundForm, fields: Record<string, string>) {
  try {
    return await reader.submit(page, action, fields);
  } catch {
    return null;
  }
}

function formsOf(page: string, text: string): FoundForm[] {
  const forms = text.match(/<form\b[^>]*method="post".*?<\/form>/gs) ?? [];
  return forms
    .map((form) => ({
      page,
      action: (/\saction="([^"]*)"/.exec(form)?.[1] ?? '').replaceAll('&amp;', '&'),
      fields: [
        ...new Set(
          [...form.matchAll(/<(?:input|textarea|select|button)\b[^>]*\sname="([^"]*)"/g)].map(
            ([, name]) => name!,
          ),
        ),
      ].filter((name) => name !== 'form_token'),
    }))
    .filter(({ action }) => action.startsWith('/') && !ending.test(action));
}

function injectedIn(page: string): string[] {
  const found = [
    /<tocsin-x/i.test(page) && 'an element',
    /\s(?:href|src|action)="\s*javascript:/i.test(page) && 'a link that runs',
    /="[^"<>]*"\s*'?><tocsin/i.test(page) && 'an attribute that ended early',
  ];
  return found.filter((one) => one !== false);
}
