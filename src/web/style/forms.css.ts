/** Forms, their fields and faults, buttons, and what was just done. */
export const forms = `button, .button {
  display: inline-block; padding: .6rem 1rem; border: 1px solid var(--ink); border-radius: .3rem; background: var(--ink);
  color: var(--card); font: 600 .95rem/1.3 var(--sans); text-align: start; text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { text-decoration: underline; text-underline-offset: .2em; }
.quiet { background: none; color: var(--ink); }
.needs-script { display: none; }
@media (scripting: enabled) {
  .needs-script { display: inline-block; }
  .field.needs-script { display: block; }
}
.as-link { padding: 0; border: 0; background: none; color: var(--link); font: inherit; text-decoration: underline; text-underline-offset: .15em; }
.as-link:hover { text-decoration-thickness: 2px; }
.danger { color: var(--high); }
button.danger { border-color: var(--high); background: none; }
.small { padding: .3rem .7rem; font-size: .85rem; font-weight: 500; white-space: nowrap; overflow-wrap: normal; }
.quiet.small { border-color: var(--control); }
@media (scripting: enabled) { .no-script { display: none; } }
.copy { padding: .15rem .55rem; border-color: var(--line); background: none; color: var(--muted); font-size: .8rem; font-weight: 400; }
.field { margin: 0 0 1.2rem; }
.field label, .choices legend { display: block; font-weight: 600; }
.hint { display: block; margin: 0 0 .3rem; color: var(--muted); font-size: .9rem; font-weight: 400; }
.fault { margin: 0 0 .3rem; color: var(--high); font-size: .9rem; }
.faults { margin: 0 0 1.5rem; padding: .75rem 1rem; border: 1px solid var(--high); border-left-width: 4px; border-radius: .3rem; }
.faults :last-child { margin-bottom: 0; }
input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea {
  display: block; width: 100%; max-width: 28rem; padding: .55rem .7rem; border: 1px solid var(--control); border-radius: .3rem;
  background: var(--card); color: var(--ink); font: 1rem/1.4 var(--sans);
}
input[type=file] { padding: .4rem; }
::file-selector-button { margin: 0 .8rem 0 0; padding: .3rem .8rem; border: 1px solid var(--control); border-radius: .2rem; background: none; color: var(--ink); font: 600 .85rem/1.3 var(--sans); }
textarea { max-width: 40rem; min-height: 6rem; }
[aria-invalid=true] { border-color: var(--high); }
.choices { margin: 0 0 1.2rem; padding: 0; border: 0; }
.choices legend { padding: 0; }
.choice { display: flex; gap: .6rem; align-items: baseline; padding: .2rem 0; }
.said { margin: 0 0 1.2rem; padding: .6rem 1rem; border-left: 3px solid var(--added); background: var(--added-ground); color: var(--added); border-radius: 0 .3rem .3rem 0; }
h1 + .filters { margin-top: 1.5rem; }
.filters { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem .8rem; margin: 0 0 1.4rem; }
.filters .field { flex: 0 1 auto; min-width: 0; margin: 0; }
.filters label { color: var(--muted); font-size: .8rem; font-weight: 400; }
.filters :is(input, select) { height: 2.4rem; padding: 0 .6rem; font-size: .95rem; }
.filters-go { display: flex; align-items: center; gap: 1rem; margin: 0; }
.filters button { min-height: 2.4rem; padding: .3rem .9rem; font-size: .9rem; }
.pager { margin: 1.5rem 0 0; }
`;
