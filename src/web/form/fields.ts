/** The fields of a form as the browser sent them: text, or texts where a name came more than once. */
export type Fields = Readonly<Record<string, unknown>>;

/** The text of a field, the first where there are several; empty where there is none. */
export function textOf(fields: Fields, name: string): string {
  return textsOf(fields, name)[0] ?? '';
}

/** Every text of a name, such as of checked boxes. */
export function textsOf(fields: Fields, name: string): string[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

/** What a browser sent as a form's body; nothing for what is none. */
export function fieldsOf(body: unknown): Fields {
  return typeof body === 'object' && body !== null ? (body as Fields) : {};
}
