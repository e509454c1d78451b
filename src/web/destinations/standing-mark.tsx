import type { Standing } from './standing-of.js';

/** Filled: works. Half: waits. Crossed: fails. It reads alike without colour. */
const shapes = {
  good: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  wait: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2Z" fill="currentColor" />
    </>
  ),
  bad: (
    <path
      d="M2 2l8 8M10 2l-8 8"
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
    />
  ),
} as const;

/** How a destination is, in a mark and a word. */
export function StandingMark({ standing: { mood, words } }: { standing: Pick<Standing, 'mood' | 'words'> }) {
  return (
    <span class={`standing standing-${mood}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
        {shapes[mood]}
      </svg>
      {words}
    </span>
  );
}
