/**
 * Colours and type: ink on warm paper, one red for the bell. Text on its ground reaches a contrast of 4.5 to 1 or more, what
 * controls are known by 3 to 1 (WCAG 2.2 AA). `card` stands out from the page, `tint` is let into it.
 */
export const palette = `:root {
  color-scheme: light dark;
  --page: #faf8f3; --card: #fffefb; --tint: #f2eee4; --ink: #1c1b18; --muted: #625f56; --line: #e0dacb; --rule: #1c1b18;
  --control: #87836f; --link: #1b4a75; --bell: #b1341f;
  --low: #2b5069; --medium: #7a4a00; --high: #9b1c1c;
  --removed: #8c1c13; --removed-ground: #fbe7e3; --added: #14532d; --added-ground: #e2f2e4;
  --sans: ui-sans-serif, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Helvetica, Arial, sans-serif;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, Charter, Georgia, Cambria, 'Noto Serif', serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Courier New', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #151513; --card: #1d1d1a; --tint: #21211d; --ink: #eae8df; --muted: #aaa697; --line: #34332c; --rule: #6d6a5e;
    --control: #7f7b6d; --link: #92c1ee; --bell: #f07a63;
    --low: #a5c9df; --medium: #f0c674; --high: #ff9d94;
    --removed: #f7c5bf; --removed-ground: #4a1f1b; --added: #bfe8c9; --added-ground: #17392a;
  }
}`;
