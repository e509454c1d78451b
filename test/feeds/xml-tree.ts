import type { Page } from 'playwright-core';

/** An element as an XML parser reads it, with its namespaces resolved. */
export type XmlElement = {
  namespace: string;
  name: string;
  attributes: { namespace: string; name: string; value: string }[];
  /** Elements and runs of text; comments and the like are left out. */
  children: (XmlElement | string)[];
};

const reader = `(documents) => documents.map((text) => {
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  const fault = parsed.querySelector('parsererror');
  if (fault) return fault.textContent;
  const read = (element) => ({
    namespace: element.namespaceURI ?? '',
    name: element.localName,
    attributes: [...element.attributes]
      .filter((one) => one.namespaceURI !== 'http://www.w3.org/2000/xmlns/')
      .map((one) => ({ namespace: one.namespaceURI ?? '', name: one.localName, value: one.value })),
    children: [...element.childNodes].reduce((children, node) => {
      if (node.nodeType === Node.ELEMENT_NODE) children.push(read(node));
      else if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) {
        if (typeof children.at(-1) === 'string') children.push(children.pop() + node.data);
        else children.push(node.data);
      }
      return children;
    }, []),
  });
  return read(parsed.documentElement);
})`;

/**
 * Reads documents with the browser's XML parser, which takes nothing that is not well-formed.
 *
 * @throws Error with what it complains of
 */
export async function parseXml(page: Page, documents: readonly string[]): Promise<XmlElement[]> {
  const parsed = await page.evaluate<(XmlElement | string)[]>(`(${reader})(${JSON.stringify(documents)})`);
  return parsed.map((root, index) => {
    if (typeof root === 'string') throw new Error(`${root}\n${documents[index]?.slice(0, 2_000)}`);
    // What the way into the browser might have mended.
    if (!documents[index]!.isWellFormed()) throw new Error('the document holds a lone surrogate');
    return root;
  });
}

/** The children of a name that are in the same namespace. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement =>
      typeof child !== 'string' && child.name === name && child.namespace === element.namespace,
  );
}

/** The text of its first child of a name; null when it has none. */
export function textOf(element: XmlElement, name: string): string | null {
  const [child] = childrenOf(element, name);
  return child ? child.children.filter((part) => typeof part === 'string').join('') : null;
}

export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find((one) => one.name === name && one.namespace === '')?.value;
}
