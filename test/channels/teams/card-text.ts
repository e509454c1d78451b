/** What of a message the tests look at. */
export type Card = { body: unknown[]; actions?: { title: string; url: string }[]; fallbackText: string };

export function cardOf(json: string): Card {
  return (JSON.parse(json) as { attachments: { content: Card }[] }).attachments[0]!.content;
}

/** All words of a card as a reader sees them, a line for each paragraph. */
export function textOf(json: string): string {
  const lines: string[] = [];
  JSON.stringify(cardOf(json).body, (key, value: unknown) => {
    if (key === 'inlines') lines.push((value as { text: string }[]).map(({ text }) => text).join(''));
    return value;
  });
  return lines.join('\n');
}

/** Every button: its words and where it leads. */
export function buttonsOf(json: string): { title: string; url: string }[] {
  const found: { title: string; url: string }[] = [];
  JSON.stringify(cardOf(json), (_, value: unknown) => {
    const { type, title, url } = (value ?? {}) as { type?: string; title: string; url: string };
    if (type === 'Action.OpenUrl') found.push({ title, url });
    return value;
  });
  return found;
}
