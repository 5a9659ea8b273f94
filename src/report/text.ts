/** Document -> plain text with aligned columns, for a terminal of about 100 columns. */

import type { Block, Column, Document } from './document.ts';
import { NO_BREAK } from './figures.ts';

const WIDTH = 100;

export function renderText(document: Document): string {
  return `${document
    .map(renderBlock)
    .filter((text) => text !== '')
    .join('\n')
    .trimEnd()
    .replaceAll(NO_BREAK, ' ')}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `${block.text}\n${'='.repeat(Math.min(WIDTH, width(block.text)))}`;
    case 'heading':
      return `\n${block.text}`;
    case 'paragraph':
      return wrap(block.text, '  ');
    case 'facts': {
      const label = Math.max(...block.facts.map(([text]) => width(text)));
      const indent = ' '.repeat(label + 2);
      return block.facts
        .map(([text, value]) =>
          wrap(value, indent).replace(indent, pad(text, { to: label + 2, align: 'left' })),
        )
        .join('\n');
    }
    case 'table':
      return renderTable(block);
    case 'tornado':
    case 'histogram':
    case 'drawing':
      return '';
    case 'keyFigures':
      return '';
    case 'listing':
      return block.text.replace(/^/gm, '  ');
    case 'list':
      return block.items.map((item) => wrap(item, '    ').replace('    ', '  - ')).join('\n');
  }
}

function renderTable({ columns, rows, totals }: Extract<Block, { kind: 'table' }>): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    `  ${columns.map(({ align }: Column, i) => pad(cells[i] ?? '', { to: widths[i] ?? 0, align })).join('  ')}`.trimEnd();
  const rule = `  ${widths.map((n) => '-'.repeat(n)).join('  ')}`;
  const body = rows.map(line);
  if (totals !== undefined) body.splice(totals, 0, rule);
  return [line(columns.map(({ title }) => title)), rule, ...body].join('\n');
}

/** Characters, not code units; combining marks do not occur in our reports. */
function width(text: string): number {
  return [...text].length;
}

function pad(text: string, { to, align }: { to: number; align: 'left' | 'right' }): string {
  const space = ' '.repeat(Math.max(0, to - width(text)));
  return align === 'left' ? text + space : space + text;
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line !== indent && width(line) + 1 + width(word) > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
