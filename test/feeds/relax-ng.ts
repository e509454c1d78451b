import type { XmlElement } from './xml-tree.js';

export type NameTest = (namespace: string, name: string) => boolean;

/**
 * RELAX NG by derivatives: what is left of a pattern once it has seen an attribute, a child or a text. After James Clark,
 * https://relaxng.org/jclark/derivative.html, with elements matched whole rather than as a stream.
 */
export type Pattern =
  | { kind: 'empty' | 'none' | 'text' }
  | { kind: 'data'; test: (text: string) => boolean }
  | { kind: 'choice' | 'group' | 'interleave'; a: Pattern; b: Pattern }
  | { kind: 'many'; of: Pattern }
  | { kind: 'element' | 'attribute'; test: NameTest; content: () => Pattern };

type Attribute = XmlElement['attributes'][number];
/** What a pattern is shown: an attribute, or a child. */
type Shown = { attribute: Attribute } | { child: XmlElement } | { text: string };

export const empty: Pattern = { kind: 'empty' };
const none: Pattern = { kind: 'none' };

export function choice(a: Pattern, b: Pattern): Pattern {
  if (a.kind === 'none') return b;
  return b.kind === 'none' ? a : { kind: 'choice', a, b };
}

export function both(kind: 'group' | 'interleave', a: Pattern, b: Pattern): Pattern {
  if (a.kind === 'none' || b.kind === 'none') return none;
  if (a.kind === 'empty') return b;
  return b.kind === 'empty' ? a : { kind, a, b };
}

export function many(of: Pattern): Pattern {
  return of.kind === 'none' || of.kind === 'empty' ? of : { kind: 'many', of };
}

/** Whether a pattern is content with nothing more. */
function isNullable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'empty':
    case 'text':
      return true;
    case 'choice':
      return isNullable(pattern.a) || isNullable(pattern.b);
    case 'group':
    case 'interleave':
      return isNullable(pattern.a) && isNullable(pattern.b);
    case 'many':
      return isNullable(pattern.of);
    case 'none':
    case 'data':
    case 'element':
    case 'attribute':
      return false;
  }
}

function derivative(pattern: Pattern, shown: Shown): Pattern {
  switch (pattern.kind) {
    case 'empty':
    case 'none':
      return none;
    case 'text':
      return 'text' in shown ? pattern : none;
    case 'data':
      return 'text' in shown && pattern.test(shown.text) ? empty : none;
    case 'choice':
      return choice(derivative(pattern.a, shown), derivative(pattern.b, shown));
    case 'interleave':
      return choice(
        both('interleave', derivative(pattern.a, shown), pattern.b),
        both('interleave', pattern.a, derivative(pattern.b, shown)),
      );
    case 'group': {
      const first = both('group', derivative(pattern.a, shown), pattern.b);
      // Attributes have no order, whatever the pattern's.
      if ('attribute' in shown) return choice(first, both('group', pattern.a, derivative(pattern.b, shown)));
      return isNullable(pattern.a) ? choice(first, derivative(pattern.b, shown)) : first;
    }
    case 'many':
      return both('group', derivative(pattern.of, shown), choice(pattern, empty));
    case 'element':
      return 'child' in shown &&
        pattern.test(shown.child.namespace, shown.child.name) &&
        isContent(pattern.content(), shown.child)
        ? empty
        : none;
    case 'attribute':
      return 'attribute' in shown &&
        pattern.test(shown.attribute.namespace, shown.attribute.name) &&
        isText(pattern.content(), shown.attribute.value)
        ? empty
        : none;
  }
}

/** What is left when there are no more attributes. */
function withoutAttributes(pattern: Pattern): Pattern {
  switch (pattern.kind) {
    case 'attribute':
      return none;
    case 'choice':
      return choice(withoutAttributes(pattern.a), withoutAttributes(pattern.b));
    case 'group':
    case 'interleave':
      return both(pattern.kind, withoutAttributes(pattern.a), withoutAttributes(pattern.b));
    case 'many':
      return many(withoutAttributes(pattern.of));
    default:
      return pattern;
  }
}

function isText(pattern: Pattern, text: string): boolean {
  return isNullable(derivative(pattern, { text })) || (text.trim() === '' && isNullable(pattern));
}

function isContent(pattern: Pattern, { attributes, children }: XmlElement): boolean {
  const afterAttributes = attributes.reduce((left, attribute) => derivative(left, { attribute }), pattern);
  const content = withoutAttributes(afterAttributes);
  if (children.every((child) => typeof child === 'string')) return isText(content, children.join(''));
  const left = children
    .filter((child) => typeof child !== 'string' || child.trim() !== '')
    .map((child): Shown => (typeof child === 'string' ? { text: child } : { child }))
    .reduce(derivative, content);
  return isNullable(left);
}

/** Whether a document is of the language that the pattern describes. */
export function matches(pattern: Pattern, root: XmlElement): boolean {
  return isNullable(derivative(pattern, { child: root }));
}
