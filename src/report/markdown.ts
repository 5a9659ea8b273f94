/** Document -> Markdown, for design reviews and issue trackers. */

import type { Block, Document } from './document.ts';
import { NO_BREAK } from './figures.ts';

export function renderMarkdown(document: Document): string {
  return `${document
    .map(renderBlock)
    .filter((text) => text !== '')
    .join('\n\n')
    .trimEnd()
    .replaceAll(NO_BREAK, ' ')}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `# ${escapeMarkup(block.text)}`;
    case 'heading':
      return `## ${escapeMarkup(block.text)}`;
    case 'paragraph':
      return escapeMarkup(block.text);
    case 'facts':
      return block.facts
        .map(([label, value]) => `- **${escapeMarkup(label)}**: ${escapeMarkup(value)}`)
        .join('\n');
    case 'table': {
      const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkup).join(' | ')} |`;
      const rule = `|${block.columns.map(({ align }) => (align === 'left' ? ' :--- ' : ' ---: ')).join('|')}|`;
      return [line(block.columns.map(({ title }) => title)), rule, ...block.rows.map(line)].join(
        '\n',
      );
    }
    case 'tornado':
    case 'histogram':
    case 'drawing':
      return '';
    case 'keyFigures':
      return '';
    case 'listing': {
      // A fence that is longer than any in the text.
      const fence = '`'.repeat(
        Math.max(3, ...[...block.text.matchAll(/`+/g)].map(([run]) => run.length + 1)),
      );
      return `${fence}\n${block.text}\n${fence}`;
    }
    case 'list':
      return block.items.map((item) => `- ${escapeMarkup(item)}`).join('\n');
  }
}

/** Text stays text: characters that Markdown or HTML would read as markup are escaped. */
function escapeMarkup(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&');
}
