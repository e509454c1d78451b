/** Forms, their fields and faults, buttons, and what was just done. */
export const forms = `button, .button {
  display: inline-block; padding: .6rem 1rem; border: 1px solid var(--ink); border-radius: .3rem; background: var(--ink);
  color: var(--card); font: 600 .95rem/1.3 var(--sans); text-align: start; text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { text-decoration: underline; text-underline-offset: .2em; }
.quiet { background: none; color: var(--ink); }
.needs-script { display: none; }
@media (scripting: enabled) { .needs-script { display: inline-block; } }
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
textarea { max-width: 40rem; min-height: 6rem; }
[aria-invalid=true] { border-color: var(--high); }
.choices { margin: 0 0 1.2rem; padding: 0; border: 0; }
.choice { display: flex; gap: .6rem; align-items: baseline; padding: .2rem 0; }
.said { margin: 0 0 1.2rem; padding: .6rem 1rem; border-left: 3px solid var(--added); background: var(--added-ground); color: var(--added); border-radius: 0 .3rem .3rem 0; }
.pager { margin: 1.5rem 0 0; }
`;
