import { both, choice, empty, many, type NameTest, type Pattern } from './relax-ng.js';
import { attributeOf, type XmlElement } from './xml-tree.js';

type Scope = { ns: string; defines: Map<string, XmlElement>; known: Map<string, Pattern> };

/**
 * A grammar in the XML syntax of RELAX NG, as far as that of Atom uses it.
 *
 * @throws Error for a part of the syntax that it does not know
 */
export function patternOf(grammar: XmlElement): Pattern {
  const parts = elementsOf(grammar);
  const defines = parts
    .filter(({ name }) => name === 'define')
    .map((part): [string, XmlElement] => [attributeOf(part, 'name')!, part]);
  const scope = { ns: attributeOf(grammar, 'ns') ?? '', defines: new Map(defines), known: new Map() };
  const start = parts.find(({ name }) => name === 'start');
  if (!start) throw new Error('the grammar has no start');
  return readAll('group', elementsOf(start), scope);
}

function elementsOf({ children }: XmlElement): XmlElement[] {
  return children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** What it says, when it holds nothing but text. */
function wordsOf({ children }: XmlElement): string {
  return children.filter((child) => typeof child === 'string').join('');
}

function readAll(
  kind: 'choice' | 'group' | 'interleave',
  parts: readonly XmlElement[],
  scope: Scope,
): Pattern {
  const [first = empty, ...rest] = parts.map((part) => read(part, scope));
  return rest.reduce((a, b) => (kind === 'choice' ? choice(a, b) : both(kind, a, b)), first);
}

function read(part: XmlElement, scope: Scope): Pattern {
  const inner = elementsOf(part);
  switch (part.name) {
    case 'empty':
      return empty;
    case 'text':
      return { kind: 'text' };
    case 'value':
      return { kind: 'data', test: (text) => text.trim() === wordsOf(part) };
    case 'data':
      return { kind: 'data', test: dataTest(part) };
    case 'choice':
    case 'group':
    case 'interleave':
      return readAll(part.name, inner, scope);
    case 'optional':
      return choice(readAll('group', inner, scope), empty);
    case 'oneOrMore':
      return many(readAll('group', inner, scope));
    case 'zeroOrMore':
      return choice(many(readAll('group', inner, scope)), empty);
    case 'ref':
      return readDefine(attributeOf(part, 'name')!, scope);
    case 'element':
    case 'attribute':
      return readNamed(part.name, part, scope);
    default:
      throw new Error(`not a part of the syntax that is known here: ${part.name}`);
  }
}

/** Ends, since a grammar refers to itself within elements alone, and those are read when they are needed. */
function readDefine(name: string, scope: Scope): Pattern {
  const known = scope.known.get(name);
  if (known) return known;
  const define = scope.defines.get(name);
  if (!define) throw new Error(`the grammar does not define ${name}`);
  const pattern = readAll('group', elementsOf(define), scope);
  scope.known.set(name, pattern);
  return pattern;
}

function readNamed(kind: 'element' | 'attribute', part: XmlElement, scope: Scope): Pattern {
  const ns = attributeOf(part, 'ns') ?? (kind === 'attribute' ? '' : scope.ns);
  const name = attributeOf(part, 'name');
  const [first, ...others] = elementsOf(part);
  const contents = name === undefined ? others : first ? [first, ...others] : [];
  const test: NameTest =
    name === undefined ? nameTest(first!, scope.ns) : (space, local) => space === ns && local === name;
  let content: Pattern | undefined;
  return {
    kind,
    test,
    content: () =>
      (content ??=
        kind === 'attribute' && contents.length === 0 ? { kind: 'text' } : readAll('group', contents, scope)),
  };
}

function nameTest(part: XmlElement, inherited: string): NameTest {
  const ns = attributeOf(part, 'ns') ?? inherited;
  const except = elementsOf(part)
    .flatMap(elementsOf)
    .map((one) => nameTest(one, inherited));
  const isExcepted: NameTest = (space, name) => except.some((test) => test(space, name));
  switch (part.name) {
    case 'anyName':
      return (space, name) => !isExcepted(space, name);
    case 'nsName':
      return (space, name) => space === ns && !isExcepted(space, name);
    case 'name':
      return (space, name) => space === ns && name === wordsOf(part);
    default:
      throw new Error(`not a name class that is known here: ${part.name}`);
  }
}

/** What XML Schema and RFC 3339 both take: Atom asks for both. */
const dateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function dataTest(part: XmlElement): (text: string) => boolean {
  const type = attributeOf(part, 'type');
  if (type === 'dateTime') return (text) => dateTime.test(text) && !Number.isNaN(Date.parse(text));
  if (type !== 'string') throw new Error(`not a type that is known here: ${type}`);
  const tests = elementsOf(part).map((param) => {
    const value = wordsOf(param);
    const name = attributeOf(param, 'name');
    if (name === 'minLength') return (text: string) => text.length >= Number(value);
    if (name !== 'pattern') throw new Error(`not a facet that is known here: ${name}`);
    const pattern = new RegExp(`^(?:${value})$`, 'u');
    return (text: string) => pattern.test(text);
  });
  return (text) => tests.every((test) => test(text));
}
