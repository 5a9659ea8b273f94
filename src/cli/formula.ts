/** `nullor formula FILE [QUANTITY ...]`: closed forms in the element values. */

import { type Formulation, formulaDocument, formulaJson, formulate } from '../index.ts';
import { complain, displayName, errorsOf, includeResolver, partFiles, readText } from './files.ts';
import { BAD_INPUT, FINE, type Options, UsageError } from './options.ts';
import { rendered } from './render.ts';

export async function formulaCommand(options: Options): Promise<number> {
  const [file, ...quantities] = options.files;
  if (file === undefined) throw new UsageError('formula takes a file.');
  if (options.format === 'csv') throw new UsageError('formula has no CSV form.');
  const { directives, dialect, equal, approximate } = options;
  const formulation = await formulate(readText(file), {
    name: displayName(file),
    directives,
    quantities,
    equal,
    parts: partFiles(options),
    resolve: includeResolver(file, options),
    ...(approximate === undefined ? {} : { approximate }),
    ...(dialect === undefined ? {} : { dialect }),
  });
  const errors = errorsOf(formulation.diagnostics);
  if (options.format !== 'json') {
    complain(formulation.diagnostics.filter(({ severity }) => severity !== 'info'));
  }
  process.stdout.write(output(formulation, options.format));
  return errors.length > 0 ? BAD_INPUT : FINE;
}

function output(formulation: Formulation, format: Options['format']): string {
  const { formulas } = formulation;
  switch (format) {
    case 'json':
      return `${JSON.stringify(formulaJson(formulation), null, 2)}\n`;
    case 'latex':
      return formulas.map(({ quantity, latex }) => `% ${quantity}\n${latex}\n`).join('');
    case 'mathml':
      return formulas.map(({ quantity, mathml }) => `<!-- ${quantity} -->\n${mathml}\n`).join('');
    default:
      return formulas.length === 0 ? '' : rendered(formulaDocument(formulation), format);
  }
}
