/** `nullor op FILE`: the operating point of a circuit as written, and whether a simulator's raw file has the same. */

import {
  type Against,
  compareAgainst,
  type Operation,
  operate,
  operationDocument,
  operationJson,
  readRawFile,
} from '../index.ts';
import { complain, displayName, errorsOf, includeResolver, readBytes, readText } from './files.ts';
import { BAD_INPUT, CHECK_FAILED, FINE, type Options, UsageError } from './options.ts';
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
  const against = comparison(operation, options);
  const report = against === undefined ? {} : { against };
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(operationJson(operation, report), null, 2)}\n`);
  } else {
    complain(found ? operation.diagnostics : errorsOf(operation.diagnostics));
    const document = operationDocument(operation, report);
    if (found) process.stdout.write(rendered(document, format));
  }
  if (!found) return BAD_INPUT;
  return against?.agrees === false ? CHECK_FAILED : FINE;
}

/** @throws {UsageError} for a file that is no raw file, or one of another circuit. */
function comparison({ result }: Operation, { against: file }: Options): Against | undefined {
  if (file === undefined) return undefined;
  const plot = readRawFile(readBytes(file));
  if ('fault' in plot) throw new UsageError(`Cannot compare with "${file}": ${plot.fault}`);
  if (result === null) return undefined;
  const against = compareAgainst(result, { file: displayName(file), plot });
  if (against !== undefined) return against;
  throw new UsageError(
    `Cannot compare with "${file}": it has no voltage and no current of a name that the circuit has.`,
  );
}
