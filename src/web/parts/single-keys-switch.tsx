/** Switches single keys off and on, on every page of this browser: see `browser/single-keys.ts`. For whoever has a script. */
export function SingleKeysSwitch() {
  return (
    <label class="choice">
      <input type="checkbox" data-single-keys checked />
      <span>
        Use single keys
        <span class="hint">On every page, in this browser.</span>
      </span>
    </label>
  );
}
