/** `nullor parts [QUERY]`: the op amp library, all of it, what a query finds, or one part in full. */

import {
  Diagnostics,
  nearNames,
  partLibrary,
  partsDocument,
  partsJson,
  partsMatching,
  QUERY_FIELDS,
  renderMarkdown,
  renderText,
  unknownField,
} from '../index.ts';
import { complain, partFiles } from './files.ts';
import { BAD_INPUT, CHECK_FAILED, FINE, type Options, UsageError } from './options.ts';

export async function partsCommand(options: Options): Promise<number> {
  const { files: words, format } = options;
  if (format === 'csv') throw new UsageError('parts has no CSV form.');
  const unknown = unknownField(words);
  if (unknown !== undefined) {
    throw new UsageError(
      `Parts have no field "${unknown}"; fields are ${QUERY_FIELDS.join(', ')}.`,
    );
  }
  const diagnostics = new Diagnostics();
  const library = await partLibrary(partFiles(options), diagnostics);
  complain(diagnostics.all);
  if (diagnostics.hasErrors) return BAD_INPUT;
  const found = partsMatching(library, words);
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(partsJson(found), null, 2)}\n`);
  } else if (found.length > 0) {
    const document = partsDocument(found);
    process.stdout.write(format === 'md' ? renderMarkdown(document) : renderText(document));
  }
  if (found.length > 0) return FINE;
  const query = words.join(' ');
  process.stderr.write(
    `nullor: no part of the library has "${query}"${nearNames(query, library.names)}; "nullor parts" lists them all.\n`,
  );
  return CHECK_FAILED;
}
