/** `nullor op FILE`: the operating point of a circuit as written. */

import { operate, operationDocument, operationJson } from '../index.ts';
import { complain, displayName, errorsOf, includeResolver, readText } from './files.ts';
import { BAD_INPUT, FINE, type Options, UsageError } from './options.ts';
import { rendered } from './render.ts';

export async function opCommand(options: Options): Promise<number> {
  const { files, format, dialect } = options;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError('op takes one file.');
  if (format === 'csv') throw new UsageError('op has no CSV form.');
  const operation = operate(readText(file), {
    name: displayName(file),
    resolve: includeResolver(file, options),
    ...(dialect === undefined ? {} : { dialect }),
  });
  const found = operation.result !== null;
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(operationJson(operation), null, 2)}\n`);
  } else {
    complain(found ? operation.diagnostics : errorsOf(operation.diagnostics));
    const document = operationDocument(operation);
    if (found) process.stdout.write(rendered(document, format));
  }
  return found ? FINE : BAD_INPUT;
}
