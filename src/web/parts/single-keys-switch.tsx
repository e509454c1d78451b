/** Switches single keys off and on, on every page of this browser: see `browser/single-keys.ts`. */
export function SingleKeysSwitch() {
  return (
    <p class="needs-script">
      <label class="choice">
        <input type="checkbox" data-single-keys checked />
        <span>
          Use single keys
          <span class="hint">On every page, in this browser.</span>
        </span>
      </label>
    </p>
  );
}
