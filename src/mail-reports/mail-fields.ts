/** Header fields by lower-case name, unfolded; a field that stands more than once has several values. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** Far more than a report for the most recipients that one mail may have has. */
const mostGroups = 200;
const mostFields = 1_000;

/** Reads groups of header fields that empty lines part, as in `message/delivery-status`. Lines that are no fields are left out. */
export function fieldGroups(text: string): Fields[] {
  const groups: Fields[] = [];
  for (const block of text.replaceAll('\r', '').split(/\n[ \t]*(?=\n)/, 2 * mostGroups)) {
    const fields = fieldsIn(block);
    if (fields.size > 0) groups.push(fields);
    if (groups.length === mostGroups) break;
  }
  return groups;
}

/** The first group: the header of a mail. */
export function headerFields(text: string): Fields {
  return fieldGroups(text)[0] ?? new Map();
}

/** The first value of the first of the fields that is there. */
export function valueOf(fields: Fields, ...names: string[]): string | null {
  for (const name of names) {
    const value = fields.get(name)?.[0];
    if (value !== undefined) return value;
  }
  return null;
}

function fieldsIn(block: string): Fields {
  const fields = new Map<string, string[]>();
  // A line that begins with white space goes on with the one before (RFC 5322, 2.2.3).
  for (const line of block.replaceAll(/\n(?=[ \t])/g, '').split('\n', mostFields)) {
    const [, name, value] = /^([!-9;-~]{1,100})[ \t]*:(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const values = fields.get(name.toLowerCase());
    if (values === undefined) fields.set(name.toLowerCase(), [value.trim()]);
    else values.push(value.trim());
  }
  return fields;
}
