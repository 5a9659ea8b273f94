/** Document -> one self-contained HTML file: no script, nothing loaded, light and dark, made for A4 when printed. */

import { VERSION } from '../version.ts';
import type { Block, Document } from './document.ts';
import { NO_BREAK } from './figures.ts';
import { histogramChart } from './histogram.ts';
import { STYLE } from './html-style.ts';
import { escaped, tornado } from './svg.ts';

/** So many sections are found without a list of them. */
const FEW = 3;

export function renderHtml(document: Document): string {
  const title = document.find((block) => block.kind === 'title');
  const heading = title?.kind === 'title' ? title.text : 'nullor';
  const [head = [], ...sections] = inSections(document);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
${head.map(renderBlock).join('\n')}
</header>
${contents(sections)}
<main>
${sections.map(renderSection).join('\n')}
</main>
<footer>nullor ${escaped(VERSION)}</footer>
</body>
</html>
`;
}

/** What stands before the first heading, then each heading with its blocks. */
function inSections(document: Document): readonly Block[][] {
  const sections: Block[][] = [[]];
  for (const block of document) {
    if (block.kind === 'heading') sections.push([block]);
    else sections.at(-1)?.push(block);
  }
  return sections;
}

function renderSection(blocks: readonly Block[], index: number): string {
  return `<section id="s${index + 1}">\n${blocks.map(renderBlock).join('\n')}\n</section>`;
}

function contents(sections: readonly (readonly Block[])[]): string {
  if (sections.length <= FEW) return '';
  const links = sections.map(([heading], index) => {
    const text = heading?.kind === 'heading' ? parted(heading.text).title : '';
    return `<a href="#s${index + 1}">${escaped(text)}</a>`;
  });
  return `<nav>${links.join('')}</nav>`;
}

/** A heading and what it adds behind a colon or a semicolon. */
function parted(text: string): { readonly title: string; readonly lead: string } {
  const [, title = text, lead = ''] = /^(.*?)[:;] (.*)$/.exec(text) ?? [];
  return { title, lead };
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>`;
    case 'heading': {
      const { title, lead } = parted(block.text);
      const below = lead === '' ? '' : `\n<p class="lead">${escaped(capitalised(lead))}</p>`;
      return `<h2>${escaped(title)}</h2>${below}`;
    }
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'facts':
      return `<dl>${block.facts.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return renderTable(block);
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'keyFigures':
      return `<div class="figures">${block.figures.map(renderFigure).join('')}</div>`;
    case 'drawing':
      return `<div class="drawing">${block.svg}</div>`;
    case 'listing':
      return `<pre>${block.text
        .split('\n')
        .map((line) => `<span>${escaped(line)}</span>`)
        .join('')}</pre>`;
    case 'tornado':
      return tornado(block.bars, { title: block.title, tick: block.tick });
    case 'histogram':
      return histogramChart(block.picture, { title: block.title, tick: block.tick });
  }
}

/** Numbers stay with their units. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=[fpnµmkMG]?[VAΩ]\b|°C|%)/g, `$1${NO_BREAK}`);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function renderFigure({
  label,
  value,
  note,
  tone,
}: Extract<Block, { kind: 'keyFigures' }>['figures'][number]): string {
  const below = note === undefined ? '' : `<div class="note">${escaped(note)}</div>`;
  return `<div class="figure${tone === undefined ? '' : ` ${tone}`}"><div class="label">${escaped(label)}</div><div class="value">${escaped(value)}</div>${below}</div>`;
}

/** A table with more columns is set smaller on paper. */
const MANY = 7;

/** Cells of a column with no longer text are not broken [characters]. */
const SHORT = 24;

function renderTable({ columns, rows, totals }: Extract<Block, { kind: 'table' }>): string {
  const kinds = columns.map(({ align }, index) => {
    if (align === 'right') return ' class="right"';
    const isShort = rows.every((row) => (row[index] ?? '').length <= SHORT);
    return ` class="${isShort ? 'short' : 'long'}"`;
  });
  const cell = (tag: 'th' | 'td', text: string, index: number) =>
    `<${tag}${kinds[index] ?? ''}>${escaped(unbroken(text))}</${tag}>`;
  const head = columns.map(({ title }, i) => cell('th', title, i)).join('');
  const body = rows.map((row, r) => {
    const isTotal = totals !== undefined && r >= totals;
    const kind = isTotal ? ` class="total${r === totals ? ' first' : ''}"` : '';
    return `<tr${kind}>${row.map((text, i) => cell('td', text, i)).join('')}</tr>`;
  });
  const size = columns.length > MANY ? ' class="many"' : '';
  return `<div class="wide"><table${size}><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
