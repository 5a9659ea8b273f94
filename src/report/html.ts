/** Document -> one self-contained HTML file: no script, nothing loaded, light and dark, made for A4 when printed. */

import type { Block, Document } from './document.ts';
import { histogramChart } from './histogram.ts';
import { escaped, tornado } from './svg.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1a1c20; --paper: #ffffff; --faint: #d5d8de; --bar: #2f6fb2; --soft: #60666f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --paper: #16181c; --faint: #3a3e46; --bar: #6aa6e8; --soft: #9aa1ab; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; } dt { color: var(--soft); } dd { margin: 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } th, td { padding: .2rem .8rem .2rem 0; text-align: left; }
th { border-bottom: 1px solid var(--ink); font-weight: 600; } .right { text-align: right; } tr.total td { font-weight: 600; }
tr.first td { border-top: 1px solid var(--ink); } .wide { overflow-x: auto; }
.chart { width: 100%; margin-top: 1rem; font-size: 12px; } .chart text { fill: var(--ink); } .chart .bar { fill: var(--bar); } .chart .total .bar { fill: var(--soft); }
.chart .grid { stroke: var(--faint); } .chart .zero, .chart .rule { stroke: var(--ink); }
@page { size: A4; margin: 15mm; }
@media print { :root { --ink: #000; --paper: #fff; --faint: #ccc; --bar: #2f6fb2; --soft: #555; } body { margin: 0; padding: 0; max-width: none; font-size: 10pt; } h2, tr, svg { break-inside: avoid; } h2 { break-after: avoid; } }
`;

export function renderHtml(document: Document): string {
  const title = document.find((block) => block.kind === 'title');
  const heading = title?.kind === 'title' ? title.text : 'nullor';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
${document.map(renderBlock).join('\n')}
</body>
</html>
`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>`;
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'facts':
      return `<dl>${block.facts.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return renderTable(block);
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'tornado':
      return tornado(block.bars, { title: block.title, tick: block.tick });
    case 'histogram':
      return histogramChart(block.picture, { title: block.title, tick: block.tick });
  }
}

function renderTable({ columns, rows, totals }: Extract<Block, { kind: 'table' }>): string {
  const cell = (tag: 'th' | 'td', text: string, index: number) =>
    `<${tag}${columns[index]?.align === 'right' ? ' class="right"' : ''}>${escaped(text)}</${tag}>`;
  const head = columns.map(({ title }, i) => cell('th', title, i)).join('');
  const body = rows.map((row, r) => {
    const isTotal = totals !== undefined && r >= totals;
    const kind = isTotal ? ` class="total${r === totals ? ' first' : ''}"` : '';
    return `<tr${kind}>${row.map((text, i) => cell('td', text, i)).join('')}</tr>`;
  });
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
