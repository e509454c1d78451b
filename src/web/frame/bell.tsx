/** A bell that rings, drawn on a square of 24: what the name means. */
const paths = {
  body: 'M12 3.2a1.5 1.5 0 0 1 1.5 1.5v.5a5.6 5.6 0 0 1 4.1 5.4c0 4.2 1 5.6 2 6.6.3.3.1.9-.4.9H4.8c-.5 0-.7-.6-.4-.9 1-1 2-2.4 2-6.6a5.6 5.6 0 0 1 4.1-5.4v-.5A1.5 1.5 0 0 1 12 3.2Z',
  clapper: 'M9.6 19.4h4.8a2.4 2.4 0 0 1-4.8 0Z',
  waves: 'M4.3 4.2A8.6 8.6 0 0 0 2 8.6M19.7 4.2A8.6 8.6 0 0 1 22 8.6',
} as const;

/** The mark of the house, in the colour of the text around it. */
export function Bell() {
  return (
    <svg class="bell" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path d={paths.body} fill="currentColor" />
      <path d={paths.clapper} fill="currentColor" />
      <path d={paths.waves} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
    </svg>
  );
}

/** The same as a file, in a colour that shows on light and dark tabs alike. */
export const bellFile = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">',
  `<g fill="#c2352b"><path d="${paths.body}"/><path d="${paths.clapper}"/></g>`,
  `<path d="${paths.waves}" fill="none" stroke="#c2352b" stroke-width="1.8" stroke-linecap="round"/>`,
  '</svg>',
].join('');
