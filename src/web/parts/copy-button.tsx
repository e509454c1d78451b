/** Copies a text for whoever has a script; without one it is not shown, and the text is there to be selected. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  return (
    <button type="button" class="copy needs-script" data-copy={text}>
      {label}
    </button>
  );
}
