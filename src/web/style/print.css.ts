/** On paper: texts, evidence and addresses; no ways on and no buttons, whatever an area makes of them. */
export const print = `@media print {
  @page { margin: 18mm 16mm; }
  :root { color-scheme: light; }
  .top nav, .skip, form, button, .button, .pager, .ways, dialog, .needs-script { display: none !important; }
  body, .note, .specimen, .capture, .panel { background: none; }
  body { color: #000; font-size: 10.5pt; line-height: 1.45; }
  .top, .foot, main, main > :not(p) { max-width: none; padding-left: 0; padding-right: 0; }
  main { padding-top: .5rem; padding-bottom: 1rem; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3, summary { break-after: avoid; }
  tr, .capture, .paragraph, .changes li { break-inside: avoid; }
  details::details-content { content-visibility: visible; height: auto; }
  del { color: #000; background: none; }
  ins { color: #000; background: none; text-decoration-thickness: 1.5px; }
}
`;
