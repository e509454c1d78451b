// htmx parses with an empty object of options, which some versions of Chromium refuse. They parse the same without it.
if ('parseHTMLUnsafe' in Document) {
  const parse: (html: string, options?: object) => Document = Document.parseHTMLUnsafe.bind(Document);
  try {
    parse('', {});
  } catch {
    Document.parseHTMLUnsafe = (html: string) => parse(html);
  }
}
