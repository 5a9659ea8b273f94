/** A report in the form that was asked for. */

import { type Document, renderHtml, renderMarkdown, renderText } from '../index.ts';
import type { Options } from './options.ts';

export function rendered(document: Document, format: Options['format']): string {
  switch (format) {
    case 'md':
      return renderMarkdown(document);
    case 'html':
      return renderHtml(document);
    default:
      return renderText(document);
  }
}
