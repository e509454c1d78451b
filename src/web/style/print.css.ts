/** On paper: no ways on, no buttons. It comes last. */
export const print = `@media print {
  .top nav, .skip, form { display: none; }
  body, main { background: none; padding: 0; }
}
`;
