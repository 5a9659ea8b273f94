/** `nullor opamps FILE`: which subcircuits and elements are op amps, and how that is known. */

import { opAmpsDocument, opAmpsJson, readNetlist, surveyOpAmps } from '../index.ts';
import { complain, displayName, errorsOf, includeResolver, readText } from './files.ts';
import { BAD_INPUT, FINE, type Options, UsageError } from './options.ts';
import { rendered } from './render.ts';

/** A library may begin with a card, a circuit begins with its title. */
const LIBRARY = /^\s*\.(?!title\b)[a-z]/i;
/** Faults of a body do not hide the headers behind them. */
const MOST_FAULTS = 100_000;

export async function opampsCommand(options: Options): Promise<number> {
  const [file, ...others] = options.files;
  if (file === undefined || others.length > 0) throw new UsageError('opamps takes one file.');
  if (options.format === 'csv') throw new UsageError('opamps has no CSV form.');
  const text = readText(file);
  const netlist = readNetlist(
    { name: displayName(file), text },
    {
      resolve: includeResolver(file, options),
      include: LIBRARY.test(text),
      ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
      limits: { diagnostics: MOST_FAULTS },
    },
  );
  const survey = surveyOpAmps(netlist);
  if (options.format === 'json') {
    process.stdout.write(`${JSON.stringify(opAmpsJson(survey), null, 2)}\n`);
  } else {
    complain(errorsOf(survey.diagnostics));
    const document = opAmpsDocument(survey);
    process.stdout.write(rendered(document, options.format));
  }
  const found = survey.subcircuits.length + survey.instances.length > 0;
  return found || errorsOf(survey.diagnostics).length === 0 ? FINE : BAD_INPUT;
}
