/**
 * Looks of the mails. What a client must not lose stands inline, since some drop `<style>` whole; the dark palette and
 * the narrow layout stand in `<style>`, for those that know media queries. Colours of text on their ground reach a
 * contrast of 4.5 to 1 or more (WCAG 2.2 AA) in both.
 */
export const sans =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif";
const serif = "Georgia, Cambria, 'Times New Roman', serif";
const mono = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Courier New', monospace";

export const light = {
  page: '#f3f2ee',
  card: '#ffffff',
  ink: '#1d1d1b',
  muted: '#66645d',
  hairline: '#e2e0d9',
  link: '#1c4f82',
};

/** What a block of text has unless it says otherwise. Its words break where they must: MJML sets `word-break`. */
export const text = { fontSize: '15px', lineHeight: '1.6', color: light.ink };

/**
 * Whatever inherits is left to inherit, since every byte counts ten times (Gmail cuts a mail off at 102 KB); only table
 * cells repeat the text's own, which Outlook does not hand down to them.
 */
export const styles = {
  brand: {
    fontSize: '12px',
    fontWeight: 700,
    letterSpacing: '0.16em',
    textDecoration: 'none',
    color: light.ink,
  },
  aside: { fontSize: '12px', color: light.muted },
  kicker: { margin: '0 0 10px', fontSize: '14px', lineHeight: '1.5', color: light.muted },
  entity: { color: light.ink },
  headline: { margin: '0 0 10px', fontFamily: serif, fontSize: '27px', lineHeight: '1.25', fontWeight: 400 },
  verdict: { margin: '0 0 14px', fontSize: '16px', lineHeight: '1.5' },
  exposure: { margin: '12px 0 14px', fontSize: '14px', color: light.muted },
  paragraph: { margin: '0 0 12px' },
  lead: { margin: '0 0 20px' },
  tight: { margin: '0 0 8px' },
  small: { margin: '0 0 6px', fontSize: '13px', lineHeight: '1.55', color: light.muted },
  copied: { margin: '18px 0 0', fontSize: '13px', lineHeight: '1.55', color: light.muted },
  change: { borderTop: `1px solid ${light.hairline}`, padding: '26px 0' },
  place: { margin: '0 0 6px', fontSize: '13px', color: light.muted },
  changeTitle: { margin: '0 0 6px', fontFamily: serif, fontSize: '21px', lineHeight: '1.3', fontWeight: 400 },
  group: { borderTop: `1px solid ${light.hairline}`, padding: '24px 0 10px' },
  groupTitle: { margin: '0 0 2px', fontFamily: serif, fontSize: '23px', lineHeight: '1.3', fontWeight: 400 },
  documentTitle: { margin: '18px 0 2px', fontSize: '15px', lineHeight: '1.4', fontWeight: 700 },
  netChange: { margin: '0 0 22px', padding: '14px 0 0' },
  netTitle: { margin: '0 0 4px', fontFamily: serif, fontSize: '19px', lineHeight: '1.3', fontWeight: 400 },
  aboutTag: { color: light.ink, backgroundColor: '#e9e7e0' },
  titleLink: { color: light.ink, textDecoration: 'none' },
  kind: { fontSize: '14px', color: light.muted },
  label: {
    margin: '20px 0 6px',
    fontSize: '12px',
    letterSpacing: '0.08em',
    textTransform: 'uppercase',
    color: light.muted,
  },
  locked: { margin: '14px 0 12px', fontSize: '14px', color: light.muted },
  list: { margin: '0 0 12px', padding: '0 0 0 20px' },
  item: { margin: '0 0 4px' },
  fullTable: { width: '100%', tableLayout: 'fixed', margin: '14px 0 6px' },
  quote: {
    padding: '2px 0 2px 16px',
    borderLeft: `3px solid ${light.hairline}`,
    fontFamily: serif,
    fontSize: '16px',
    lineHeight: '1.65',
    color: light.ink,
  },
  box: { ...text, padding: '12px 16px', backgroundColor: light.page, borderRadius: '4px' },
  removed: { color: '#8c1c13', backgroundColor: '#fbeceb', textDecoration: 'line-through' },
  added: { color: '#14532d', backgroundColor: '#e7f4ea', textDecoration: 'underline' },
  skipped: { color: light.muted },
  mono: { margin: '0', fontFamily: mono, fontSize: '12px', color: light.muted },
  hash: { fontFamily: mono, fontSize: '11px' },
  link: { color: light.link, textDecoration: 'underline' },
  quietLink: { color: light.muted, textDecoration: 'underline' },
  // Word pads no link, but a cell it does.
  buttonCell: { backgroundColor: light.ink, borderRadius: '4px', 'mso-padding-alt': '11px 20px' },
  button: {
    display: 'inline-block',
    padding: '11px 20px',
    backgroundColor: light.ink,
    borderRadius: '4px',
    color: '#ffffff',
    fontSize: '15px',
    lineHeight: '20px',
    fontWeight: 600,
    textDecoration: 'none',
  },
  severity: {
    none: { color: light.muted, whiteSpace: 'nowrap' },
    low: { color: '#2b5069', whiteSpace: 'nowrap' },
    medium: { color: '#7a4a00', whiteSpace: 'nowrap' },
    high: { color: '#9b1c1c', whiteSpace: 'nowrap' },
  },
  tag: {
    low: { color: '#234457', backgroundColor: '#e6eff5' },
    medium: { color: '#6b4100', backgroundColor: '#fbf0d9' },
    high: { color: '#ffffff', backgroundColor: '#9b1c1c' },
  },
  tagShape: {
    padding: '3px 9px',
    borderRadius: '3px',
    fontSize: '13px',
    fontWeight: 700,
    whiteSpace: 'nowrap',
  },
} as const;

const darkRules: readonly (readonly [selectors: string, declarations: string])[] = [
  ['.page, .page > div', 'background-color: #151513 !important'],
  ['.card, .card > table', 'background-color: #1f1f1c !important'],
  ['.text > div, .ink', 'color: #ecebe5 !important'],
  ['.muted', 'color: #a9a69c !important'],
  ['.line', 'border-color: #3b3a35 !important'],
  ['.box', 'background-color: #2a2a26 !important; color: #ecebe5 !important'],
  ['.link', 'color: #8fc1f0 !important'],
  ['.button', 'background-color: #ecebe5 !important; color: #1d1d1b !important'],
  ['.removed', 'color: #f7c5bf !important; background-color: #4a1f1b !important'],
  ['.added', 'color: #bfe8c9 !important; background-color: #17392a !important'],
  ['.severity-low', 'color: #a5c9df !important'],
  ['.severity-medium', 'color: #f0c674 !important'],
  ['.severity-high', 'color: #ff9d94 !important'],
  ['.tag-about', 'color: #ecebe5 !important; background-color: #3b3a35 !important'],
  ['.tag-low', 'color: #cfe4f1 !important; background-color: #22394a !important'],
  ['.tag-medium', 'color: #f7dca3 !important; background-color: #4a3510 !important'],
  ['.tag-high', 'color: #ffffff !important; background-color: #b3261e !important'],
];

const prefixed = (selectors: string) => selectors.replaceAll(/(^|, )\./g, '$1[data-ogsc] .');

/** `[data-ogsc]` is what Outlook.com puts around a mail in its dark mode, in place of the media query. */
export const styleSheet = [
  ':root { color-scheme: light dark; supported-color-schemes: light dark; }',
  'a:hover { text-decoration: none !important; }',
  '@media only screen and (max-width: 480px) { .headline { font-size: 23px !important; } }',
  `@media (prefers-color-scheme: dark) { ${darkRules.map(([selectors, rule]) => `${selectors} { ${rule}; }`).join(' ')} }`,
  ...darkRules.map(([selectors, rule]) => `${prefixed(selectors)} { ${rule}; }`),
].join('\n');
