/** A piece of XML that is whole in itself. */
export type Xml = string & { readonly __xml: true };

type Attributes = Readonly<Record<string, string>>;

/** What XML 1.0 can't say, not even by a reference: control characters, lone surrogates, two non-characters. */
const unsayable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** White space that a parser would turn into other white space is referred to by number, as is what has a meaning. */
const inText = /[&<>\r]/g;
const inAttribute = /[&<>"\t\n\r]/g;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escaped(text: string, signs: RegExp): string {
  return text.replaceAll(unsayable, '').replaceAll(signs, (sign) => references[sign] ?? '');
}

/**
 * An element. Attributes and a content that is a text are escaped; what can't be said in XML is left out of them.
 *
 * @param name and the names of the attributes are constants, never input
 */
export function element(name: string, attributes: Attributes, content: string | readonly Xml[] = []): Xml {
  const tag = Object.entries(attributes).reduce(
    (start, [key, value]) => `${start} ${key}="${escaped(value, inAttribute)}"`,
    name,
  );
  const inner = typeof content === 'string' ? escaped(content, inText) : content.join('');
  return (inner === '' ? `<${tag}/>` : `<${tag}>${inner}</${name}>`) as Xml;
}

/** A document, to be sent as UTF-8. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;
}
