import { parsedUrl } from '../../../src/domain/web-url.js';

/**
 * An independent reading of what may stand in a message to Teams: a card of TextRuns and of buttons that open pages, and
 * nothing that Teams would refuse, drop, replace or take for markup.
 */
type Json = { [key: string]: unknown };

const place = ['spacing', 'separator'];
const look = ['weight', 'size', 'color', 'isSubtle', 'fontType', 'strikethrough', 'underline'];
const allowed: Record<string, readonly string[]> = {
  message: ['type', 'summary', 'attachments'],
  attachment: ['contentType', 'contentUrl', 'content'],
  AdaptiveCard: ['type', '$schema', 'version', 'fallbackText', 'msteams', 'body', 'actions'],
  Container: ['type', 'style', 'items', ...place],
  RichTextBlock: ['type', 'inlines', ...place],
  ActionSet: ['type', 'actions', ...place],
  TextRun: ['type', 'text', ...look],
  'Action.OpenUrl': ['type', 'title', 'url'],
};
const children: Record<string, readonly [key: string, types: readonly string[]][]> = {
  AdaptiveCard: [
    ['body', ['Container', 'RichTextBlock']],
    ['actions', ['Action.OpenUrl']],
  ],
  Container: [['items', ['Container', 'RichTextBlock', 'ActionSet']]],
  RichTextBlock: [['inlines', ['TextRun']]],
  ActionSet: [['actions', ['Action.OpenUrl']]],
};

/** Empty when there is nothing. */
export function teamsFaults(json: string): string[] {
  const message = JSON.parse(json) as Json;
  const [attachment, ...others] = message['attachments'] as Json[];
  const card = attachment?.['content'] as Json;
  return [
    // Teams takes 28 KB, and workflows make more of what they are sent.
    ...(Buffer.byteLength(json) > 28_672 / 1.4 ? [`message: ${Buffer.byteLength(json)} bytes`] : []),
    ...(json.isWellFormed() && !/\\u[dD][89a-fA-F]/.test(json) ? [] : ['message: a lone surrogate']),
    ...(/<\/?at\b|"entities"/i.test(json) ? ['message: a mention'] : []),
    ...keyFaults(message, 'message', 'message'),
    ...(message['type'] === 'message' && others.length === 0 ? [] : ['message: another envelope']),
    ...keyFaults(attachment!, 'attachment', 'attachment'),
    ...(attachment!['contentType'] === 'application/vnd.microsoft.card.adaptive' ? [] : ['another type']),
    ...plainFaults(message['summary'], 'summary'),
    ...plainFaults(card['fallbackText'], 'fallbackText'),
    ...(card['type'] === 'AdaptiveCard' && card['version'] === '1.4' ? [] : ['another version of a card']),
    ...(JSON.stringify(card['msteams']) === '{"width":"Full"}' ? [] : ['msteams']),
    ...elementFaults(card, 'card'),
  ];
}

function keyFaults(element: Json, type: string, at: string): string[] {
  const known = allowed[type];
  if (known === undefined) return [`${at}: unknown type ${type}`];
  return Object.keys(element)
    .filter((key) => !known.includes(key))
    .map((key) => `${at}: unknown key ${key}`);
}

function elementFaults(element: Json, at: string): string[] {
  const type = String(element['type']);
  return [
    ...keyFaults(element, type, at),
    ...(type === 'TextRun' ? textFaults(element['text'], at) : []),
    ...(type === 'Action.OpenUrl'
      ? [...textFaults(element['title'], at), ...urlFaults(element['url'], at)]
      : []),
    ...(children[type] ?? []).flatMap(([key, types]) => listFaults(element[key], types, `${at}.${key}`)),
  ];
}

function listFaults(list: unknown, types: readonly string[], at: string): string[] {
  if (list === undefined) return [];
  const elements = list as Json[];
  if (elements.length === 0) return [`${at}: empty`];
  return elements.flatMap((element, index) => [
    ...(types.includes(String(element['type'])) ? [] : [`${at}[${index}]: ${String(element['type'])}`]),
    ...elementFaults(element, `${at}[${index}]`),
  ]);
}

/** Clients replace `{{DATE(…)}}` and `{{TIME(…)}}` even in TextRuns. */
function textFaults(text: unknown, at: string): string[] {
  if (typeof text !== 'string' || text === '') return [`${at}: no text`];
  // oxlint-disable-next-line no-control-regex -- these are what must not pass
  return /\{\{|\$\{|[\u0000-\u0009\u000B-\u001F\u202A-\u202E\u2066-\u2069]/.test(text)
    ? [`${at}: ${text}`]
    : [];
}

/** What a client may read as Markdown or HTML. */
function plainFaults(text: unknown, at: string): string[] {
  if (typeof text !== 'string' || text === '') return [`${at}: no text`];
  return /[<>[\]{}*_~`#|\\\n]|:\/\/|www\./i.test(text) ? [`${at}: ${text}`] : [];
}

function urlFaults(url: unknown, at: string): string[] {
  const isWeb = typeof url === 'string' && /^https?:\/\//.test(url) && parsedUrl(url) !== null;
  return isWeb && url.length <= 500 ? [] : [`${at}: ${String(url)}`];
}
