export const SHEET_CSS = `
:host { all: initial; }
* { box-sizing: border-box; }
dialog {
  --line: #c4c7c5; --quiet: #5c5f5e; --wrong: #b3261e; --focus: #0b57d0;
  width: min(27rem, 100vw - 1rem); max-width: none; max-height: calc(100dvh - 1rem); margin: auto; padding: 0; overflow: hidden;
  border: 1px solid var(--line); border-radius: 1rem; flex-direction: column;
  font: 16px/1.4 system-ui, sans-serif; color: #1f1f1f; background: #fff; color-scheme: light;
}
dialog[open] { display: flex; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
.top, .bottom { flex: none; padding: .9rem 1.25rem; }
.top { border-block-end: 1px solid var(--line); }
.bottom { border-block-start: 1px solid var(--line); }
.middle { flex: auto; padding: .9rem 1.25rem; overflow: auto; overscroll-behavior: contain; }
h2, h3, p, dl, dd, ul { margin: 0; padding: 0; }
h2 { display: flex; align-items: center; justify-content: space-between; gap: .5rem; font-size: 1rem; }
h3 { margin-block: 1rem .4rem; font-size: .8rem; font-weight: 600; color: var(--quiet); }
.badge { padding: .1rem .5rem; border-radius: 1rem; font-size: .75rem; font-weight: 700; color: #fff; background: #b3261e; }
.total { margin-block-start: .25rem; font-size: 1.5rem; font-weight: 600; }
.total small { font-size: .8rem; font-weight: 400; color: var(--quiet); }
p, dt, dd, b { overflow-wrap: anywhere; }
.items div { display: flex; justify-content: space-between; gap: 1rem; font-size: .9rem; }
.items { margin-block-start: .5rem; }
.quiet { font-size: .9rem; color: var(--quiet); }
ul { list-style: none; display: grid; gap: .4rem; }
label { display: grid; gap: .2rem; margin-block: .6rem; font-size: .9rem; }
button, select, summary {
  width: 100%; min-height: 44px; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .75rem;
  font: inherit; text-align: start; color: inherit; background: transparent; cursor: pointer;
}
[data-card] { display: grid; grid-template-columns: 1fr auto; gap: .75rem; align-items: center; line-height: 1.25; }
[data-card] b { font-size: .95rem; font-weight: 500; }
[data-card] span { font-size: .8rem; white-space: nowrap; color: var(--quiet); }
button:hover, summary:hover { background: rgb(120 120 120 / .12); }
h2:focus { outline: none; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
[aria-disabled="true"] { opacity: .55; cursor: default; }
select option { color: initial; background: initial; }
details { margin-block-start: 1rem; }
summary { padding-block: .6rem; border-color: transparent; padding-inline: 0; font-size: .9rem; color: var(--quiet); }
details button { font: 13px/1.4 ui-monospace, monospace; }
.cancel { text-align: center; }
.problem { color: var(--wrong); }
.problem:not(:empty) { margin-block-end: .6rem; }
.help { display: block; font-size: .85rem; }
@media (prefers-color-scheme: dark) {
  dialog {
    --line: #5c5f5e; --quiet: #b4b7b5; --wrong: #f2b8b5; --focus: #a8c7fa;
    color: #e3e3e3; background: #1f1f1f; color-scheme: dark;
  }
}
@media (forced-colors: active) { .badge { border: 1px solid; } }
`;
