import { parsedUrl } from '../../src/domain/web-url.js';
/**
 * An independent reading of Block Kit's limits, for what may stand in a message.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
type Json = { [key: string]: unknown };

const blockRules: Record<string, (block: Json, at: string, mentions: readonly string[]) => string[]> = {
  header: (block, at) => textFaults(block['text'], `${at}.text`, 150),
  divider: () => [],
  context: (block, at) => {
    const elements = listOf(block['elements']);
    return [
      ...(elements.length < 1 || elements.length > 10 ? [`${at}: ${elements.length} elements`] : []),
      ...elements.flatMap((element, index) => textFaults(element, `${at}.elements[${index}]`, 2_000)),
    ];
  },
  actions: (block, at) => {
    const elements = listOf(block['elements']);
    return [
      ...(elements.length < 1 || elements.length > 25 ? [`${at}: ${elements.length} elements`] : []),
      ...elements.flatMap((element, index) => actionFaults(element, `${at}.elements[${index}]`)),
    ];
  },
  rich_text: (block, at, mentions) => {
    const inlineFaults = (element: Json, path: string) => inlineFaultsOf(element, path, mentions);
    return childrenOf(block, at, (child, path) => {
      if (!/^rich_text_(section|quote|list)$/.test(String(child['type'])))
        return [`${path}: ${String(child['type'])}`];
      if (child['type'] !== 'rich_text_list') return childrenOf(child, path, inlineFaults);
      return childrenOf(child, path, (item, itemPath) =>
        item['type'] === 'rich_text_section'
          ? childrenOf(item, itemPath, inlineFaults)
          : [`${itemPath}: no section`],
      );
    });
  },
};

/**
 * Everything that Slack would refuse, or that would mention somebody; empty when there is nothing.
 *
 * @param mentions users that may be mentioned
 */
export function slackFaults(
  message: { text: string; blocks: readonly unknown[] },
  mentions: readonly string[] = [],
): string[] {
  const { text, blocks } = message;
  const bytes = totalBytes(blocks);
  return [
    ...(text.length === 0 || Buffer.byteLength(text) > 4_000 ? [`text: ${text.length} characters`] : []),
    ...(/<|>/.test(text) ? ['text: a control sequence'] : []),
    ...(/&(?!amp;|lt;|gt;)/.test(text) ? ['text: an unescaped &'] : []),
    ...(text.isWellFormed() ? [] : ['text: a lone surrogate']),
    ...(blocks.length === 0 || blocks.length > 50 ? [`blocks: ${blocks.length}`] : []),
    ...(bytes > 10_000 ? [`blocks: ${bytes} bytes of text`] : []),
    ...blocks.flatMap((block, index) => blockFaults(block as Json, `blocks[${index}]`, mentions)),
  ];
}

function blockFaults(block: Json, at: string, mentions: readonly string[]): string[] {
  const rule = blockRules[String(block['type'])];
  return rule === undefined ? [`${at}: unknown type ${String(block['type'])}`] : rule(block, at, mentions);
}

function childrenOf(parent: Json, at: string, faults: (child: Json, at: string) => string[]): string[] {
  const elements = listOf(parent['elements']);
  if (elements.length === 0) return [`${at}: empty`];
  return elements.flatMap((child, index) => faults(child, `${at}.elements[${index}]`));
}

/** Buttons and one list of options. */
function actionFaults(element: Json, at: string): string[] {
  const { type, action_id: id, url } = element;
  const isButton = type === 'button';
  const options = listOf(element['options']);
  return [
    ...(isButton || type === 'static_select' ? [] : [`${at}: a ${String(type)}`]),
    ...(typeof id === 'string' && id.length > 0 && id.length <= 255 ? [] : [`${at}: action_id`]),
    ...textFaults(element[isButton ? 'text' : 'placeholder'], `${at}.text`, isButton ? 75 : 150),
    ...(isButton ? valueFaults(element, at, 2_000, url !== undefined) : []),
    ...(url === undefined || isWebUrl(url) ? [] : [`${at}: url`]),
    ...(isButton || (options.length >= 1 && options.length <= 100) ? [] : [`${at}: options`]),
    ...options.flatMap((option) => [
      ...textFaults(option['text'], `${at}.option`, 75),
      ...valueFaults(option, `${at}.option`, 150, false),
    ]),
    ...(element['confirm'] === undefined ? [] : confirmFaults(element['confirm'] as Json, `${at}.confirm`)),
  ];
}

function valueFaults({ value }: Json, at: string, max: number, mayLack: boolean): string[] {
  if (value === undefined && mayLack) return [];
  return typeof value === 'string' && value.length > 0 && value.length <= max ? [] : [`${at}: value`];
}

function confirmFaults(confirm: Json, at: string): string[] {
  return Object.entries({ title: 100, text: 300, confirm: 30, deny: 30 }).flatMap(([part, max]) =>
    textFaults(confirm[part], `${at}.${part}`, max),
  );
}

/** Only text, links and times, and users that may be mentioned: no `usergroup`, `channel`, `broadcast`, `team`, `emoji`. */
function inlineFaultsOf(element: Json, at: string, mentions: readonly string[]): string[] {
  const { type, text, url } = element;
  if (type === 'user' && mentions.includes(String(element['user_id']))) return [];
  if (type === 'date' && Number.isInteger(element['timestamp']) && element['fallback'] !== '') return [];
  if (type !== 'text' && type !== 'link') return [`${at}: a ${String(type)}`];
  return [
    ...(typeof text === 'string' && text.length > 0 && text.isWellFormed() ? [] : [`${at}: no text`]),
    ...(type === 'link' && !isWebUrl(url) ? [`${at}: url`] : []),
  ];
}

/** `plain_text` alone, with emoji off: `mrkdwn` could mention or link. */
function textFaults(value: unknown, at: string, max: number): string[] {
  const { type, text, emoji } = value as Json;
  return [
    ...(type === 'plain_text' && emoji === false ? [] : [`${at}: ${String(type)}`]),
    ...(typeof text === 'string' && text.length > 0 && text.length <= max && text.isWellFormed()
      ? []
      : [`${at}: length`]),
  ];
}

function isWebUrl(url: unknown): boolean {
  return (
    typeof url === 'string' && url.length <= 3_000 && parsedUrl(url) !== null && /^https?:\/\//.test(url)
  );
}

function totalBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + totalBytes(inner), 0);
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
