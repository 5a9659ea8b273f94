/** `nullor analyze FILE --compare QUERY`: parts of the library ranked by their error in the circuit. */

import { compareParts, comparisonDocument, comparisonJson } from '../index.ts';
import { complain, displayName, includeResolver, partFiles, readText } from './files.ts';
import { BAD_INPUT, CHECK_FAILED, FINE, type Options, UsageError } from './options.ts';
import { rendered } from './render.ts';

export async function compareCommand(file: string, options: Options): Promise<number> {
  const { format, directives, dialect, allowed, compare, opAmps } = options;
  if (format === 'csv') throw new UsageError('A comparison has no CSV form.');
  if (options.thevenin.length > 0) {
    throw new UsageError(
      'A comparison has no Thevenin equivalents; ask for them without --compare.',
    );
  }
  const comparison = await compareParts(readText(file), {
    query: compare ?? '',
    opAmps,
    name: displayName(file),
    directives,
    parts: partFiles(options),
    resolve: includeResolver(file, { allowed }),
    ...(dialect === undefined ? {} : { dialect }),
  });
  const { result, diagnostics } = comparison;
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(comparisonJson(comparison), null, 2)}\n`);
  } else {
    complain(diagnostics);
    if (result !== null) process.stdout.write(rendered(comparisonDocument(comparison), format));
  }
  if (result === null) return BAD_INPUT;
  return result.ranked.length > 0 ? FINE : CHECK_FAILED;
}
