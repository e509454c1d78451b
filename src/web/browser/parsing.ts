// htmx parses with an empty object of options, which some versions of Chromium refuse. They parse the same without it.
try {
  Document.parseHTMLUnsafe('', {} as never);
} catch {
  const parse = Document.parseHTMLUnsafe?.bind(Document);
  if (parse) Document.parseHTMLUnsafe = (html) => parse(html);
}
