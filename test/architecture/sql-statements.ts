import ts from 'typescript';
import type { SourceFile } from './source-files.js';

export type SqlStatement = {
  /** Where it stands and what it is called, such as `src/alerts/inbox.store.ts LIST_INBOX`. */
  name: string;
  sql: string;
  /** What stands above it; empty when nothing does. */
  comment: string;
  /** Whether parts are put in at run time, so that it can't be prepared as it stands. */
  interpolated: boolean;
};

const isSql = (text: string) => /^\s*(select|insert|update|delete|with)\b/i.test(text);

/** The constants of a file that are statements: upper-case names for texts that begin as SQL does. */
export function sqlStatements({ path, text }: SourceFile): SqlStatement[] {
  const file = parse(path, text);
  const found: SqlStatement[] = [];
  walk(file, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return;
    const sql = textOf(node.initializer);
    if (sql === null || !isSql(sql) || !/^[A-Z][A-Z0-9_]*$/.test(node.name.text)) return;
    const statement = node.parent.parent;
    const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
    found.push({
      name: `${path} ${node.name.text}`,
      sql,
      comment: comments.map(({ pos, end }) => text.slice(pos, end)).join('\n'),
      interpolated: ts.isTemplateExpression(node.initializer),
    });
  });
  return found;
}

/** The texts with parts put in at run time that a file hands to `query` or `execute`, or keeps as SQL. */
export function interpolatedSql({ path, text }: SourceFile): string[] {
  const file = parse(path, text);
  const found: string[] = [];
  walk(file, (node) => {
    if (!ts.isTemplateExpression(node)) return;
    const call = node.parent;
    const isHandedOver =
      ts.isCallExpression(call) &&
      call.arguments[0] === node &&
      ts.isPropertyAccessExpression(call.expression) &&
      /^(query|execute)$/.test(call.expression.name.text);
    if (isHandedOver || isSql(node.head.text)) found.push(node.getText(file));
  });
  return found;
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function textOf(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text : null;
}
