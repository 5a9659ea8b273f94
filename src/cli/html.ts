/** The report of an analysis in HTML, with its schematic; loaded when it is asked for, because it draws. */

import { type Analysis, drawAnalysis, reviewDocument } from '../index.ts';
import { includeResolver } from './files.ts';
import type { Options } from './options.ts';
import { rendered } from './render.ts';

export function htmlOf(analysis: Analysis, file: string, options: Options): string {
  const drawing = drawAnalysis(analysis, { resolve: includeResolver(file, options) });
  return rendered(reviewDocument(analysis, drawing), 'html');
}
