/** Colours and type, the same as in the mails. Text on its ground reaches a contrast of 4.5 to 1 or more (WCAG 2.2 AA). */
export const palette = `:root {
  color-scheme: light dark;
  --page: #f3f2ee; --card: #fff; --ink: #1d1d1b; --muted: #66645d; --line: #dcd9d0; --control: #8a877e; --link: #1c4f82;
  --low: #2b5069; --medium: #7a4a00; --high: #9b1c1c;
  --removed: #8c1c13; --removed-ground: #fbeceb; --added: #14532d; --added-ground: #e7f4ea;
  --sans: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif;
  --serif: Georgia, Cambria, 'Times New Roman', serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Courier New', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #151513; --card: #1f1f1c; --ink: #ecebe5; --muted: #a9a69c; --line: #3b3a35; --control: #7d7a71; --link: #8fc1f0;
    --low: #a5c9df; --medium: #f0c674; --high: #ff9d94;
    --removed: #f7c5bf; --removed-ground: #4a1f1b; --added: #bfe8c9; --added-ground: #17392a;
  }
}`;
