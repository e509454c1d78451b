/** Looks of the mailbox page. Its hash stands in the page's content policy. No ">" or "&": they must come out as they are. */
export const mailboxStyle = `
:root {
  color-scheme: light dark;
  --page: #f3f2ee; --card: #fff; --ink: #1d1d1b; --muted: #66645d; --line: #e2e0d9; --link: #1c4f82; --mark: #9b1c1c;
  font: 15px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #151513; --card: #1f1f1c; --ink: #ecebe5; --muted: #a9a69c; --line: #3b3a35; --link: #8fc1f0; --mark: #ff9d94;
  }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--page); color: var(--ink); }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 20px; padding: 16px 24px; }
h1 { margin: 0; font-size: 16px; font-weight: 400; }
.brand { font-weight: 700; letter-spacing: .12em; text-transform: uppercase; font-size: 13px; }
.hint { margin: 0; color: var(--muted); font-size: 13px; flex: 1; }
header nav { display: flex; gap: 16px; align-items: baseline; font-size: 14px; }
form { margin: 0; }
button { font: inherit; color: var(--ink); background: none; border: 1px solid var(--line); border-radius: 4px; padding: 3px 12px; cursor: pointer; }
button:disabled { color: var(--muted); cursor: default; }
main { flex: 1; display: grid; grid-template-columns: minmax(240px, 340px) minmax(0, 1fr); border-top: 1px solid var(--line); }
.list { margin: 0; padding: 0; list-style: none; border-right: 1px solid var(--line); max-height: calc(100vh - 58px); overflow-y: auto; }
.list a { display: block; padding: 11px 20px 11px 21px; color: inherit; text-decoration: none; border-bottom: 1px solid var(--line); border-left: 3px solid transparent; overflow-wrap: anywhere; }
.list a:hover { background: var(--card); }
.list a[aria-current] { background: var(--card); border-left-color: var(--mark); }
.subject { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; font-size: 14px; }
.list a[aria-current] .subject { font-weight: 600; }
.meta { margin: 0; color: var(--muted); font-size: 13px; }
.list .meta { display: block; margin-top: 2px; font-size: 12px; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.mail { display: flex; flex-direction: column; min-width: 0; padding: 20px 24px 0; background: var(--card); overflow-wrap: anywhere; }
h2 { margin: 0 0 4px; font: 400 21px/1.3 Georgia, 'Times New Roman', serif; }
.tabs { display: flex; gap: 22px; margin: 14px -24px 0; padding: 0 24px; border-bottom: 1px solid var(--line); }
.tabs a { padding: 6px 0; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs a[aria-current] { color: var(--ink); border-bottom-color: var(--mark); }
iframe { flex: 1; width: calc(100% + 48px); min-height: 70vh; margin: 0 -24px; border: 0; background: #fff; }
pre { margin: 0; padding: 18px 0 28px; font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; }
pre.narrow { font-size: 12px; }
dl { margin: 0; padding: 12px 0 28px; font-size: 14px; }
dl div { display: grid; grid-template-columns: minmax(120px, 200px) minmax(0, 1fr); gap: 16px; padding: 5px 0; }
dt { color: var(--muted); }
dd { margin: 0; }
.nothing { color: var(--muted); padding-top: 60px; text-align: center; }
@media (max-width: 760px) {
  main { grid-template-columns: minmax(0, 1fr); }
  .list { max-height: 34vh; border-right: 0; border-bottom: 1px solid var(--line); }
}
`;
