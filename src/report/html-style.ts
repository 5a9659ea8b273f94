/** How a report looks as a page: on a light and a dark screen, and on A4. */

export const STYLE = `
:root { color-scheme: light dark; --ink: #1a1c20; --paper: #ffffff; --panel: #f5f7fa; --faint: #d9dde3; --bar: #2f6fb2; --soft: #5b616b; --good: #1d7a3e; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --paper: #16181c; --panel: #1f2329; --faint: #363b44; --bar: #6aa6e8; --soft: #9aa1ab; --good: #6bc48a; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 2.5rem auto; max-width: 68rem; padding: 0 1.5rem; font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1.2rem; } h2 { font-size: 1.15rem; margin: 2.4rem 0 .2rem; }
.lead { color: var(--soft); margin: 0 0 .6rem; } h2 + .wide, h2 + ul, h2 + p, h2 + pre, h2 + dl, dl + .wide, .chart + .wide { margin-top: .6rem; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: .7rem; margin: 0 0 1.4rem; }
@media (max-width: 42rem) { .figures { grid-template-columns: repeat(2, 1fr); } }
.figure { background: var(--panel); border: 1px solid var(--faint); border-radius: .4rem; padding: .6rem .8rem; }
.figure .label { color: var(--soft); font-size: .8rem; } .figure .value { font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; } .figure .note { color: var(--soft); font-size: .8rem; }
.figure.good .value { color: var(--good); } .figure.bad { border-color: var(--bad); } .figure.bad .value { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin-top: 1.4rem; padding: .6rem 0; border: solid var(--faint); border-width: 1px 0; font-size: .87rem; } nav a { color: var(--bar); text-decoration: none; white-space: nowrap; } nav a:hover { text-decoration: underline; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } th, td { padding: .22rem 1.1rem .22rem 0; text-align: left; vertical-align: baseline; } th:last-child, td:last-child { padding-right: 0; }
th { border-bottom: 1px solid var(--ink); font-weight: 600; } tbody tr + tr td { border-top: 1px solid var(--faint); } .right, .short { white-space: nowrap; } .right { text-align: right; } .long { min-width: 12rem; }
tr.total td { font-weight: 600; } tbody tr.first td { border-top: 1px solid var(--ink); } .wide { overflow-x: auto; }
ul { padding-left: 1.2rem; } li { margin: .2rem 0; overflow-wrap: anywhere; }
.chart { display: block; width: 100%; margin-top: 1.2rem; font-size: 12px; } .chart text { fill: var(--ink); } .chart .bar { fill: var(--bar); } .chart .total .bar { fill: var(--soft); }
.chart .grid { stroke: var(--faint); } .chart .zero, .chart .rule { stroke: var(--ink); }
pre { background: var(--panel); border: 1px solid var(--faint); border-radius: .4rem; padding: .8rem; font: 12.5px/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-x: auto; counter-reset: line; }
pre span { display: block; min-height: 1.45em; padding-left: 3.6em; text-indent: -3.6em; } pre span::before { text-indent: 0; } pre span::before { counter-increment: line; content: counter(line); display: inline-block; width: 2.6em; margin-right: 1em; text-align: right; color: var(--soft); user-select: none; }
.drawing { margin-top: .6rem; } .drawing svg { display: block; max-width: 100%; height: auto; max-height: 60rem; border: 1px solid var(--faint); border-radius: .4rem; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .8rem; }
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; } }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --panel: #f5f7fa; --faint: #d0d4da; --bar: #2f6fb2; --soft: #555; --good: #1d7a3e; --bad: #b3261e; }
  body { margin: 0; padding: 0; max-width: none; font-size: 9pt; line-height: 1.35; } h1 { font-size: 15pt; } h2 { font-size: 11pt; margin-top: 1.4rem; } nav { display: none; }
  table { font-size: 8pt; } th, td { padding: .12rem .8rem .12rem 0; } .long { min-width: 0; } .many { font-size: 7.5pt; } .many th, .many td { padding-right: .5rem; } thead { display: table-header-group; } .wide, pre { overflow: visible; } pre { white-space: pre-wrap; font-size: 7.5pt; }
  .figures { grid-template-columns: repeat(4, 1fr); gap: .35rem; } .figure { padding: .3rem .5rem; } .figure .value { font-size: 11pt; } .figure .label, .figure .note { font-size: 7.5pt; }
  .drawing svg { max-height: 15cm; } h2, .lead { break-after: avoid; } h2, tr, svg, li, .figure, pre span { break-inside: avoid; }
}
`;
