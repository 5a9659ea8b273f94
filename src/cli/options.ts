/** Words of the command line -> what a command needs to know; exit codes; usage errors. */

import { parseArgs } from 'node:util';
import { DIALECT_NAMES, type DialectName, SIDES, type Side } from '../index.ts';
import { type CommandName, type OptionName, OWNERS, strangerFault } from './option-table.ts';

export const FINE = 0;
export const CHECK_FAILED = 1;
export const BAD_INPUT = 2;
export const OWN_FAULT = 3;

/** A command line that cannot be understood; its message is for the user. */
export class UsageError extends Error {}

const REPORTERS = ['junit', 'github'] as const;
const FORMATS = ['text', 'md', 'html', 'csv', 'json', 'latex', 'mathml'] as const;
/** Forms of formulas alone. */
export const FORMULA_FORMATS: ReadonlySet<Options['format']> = new Set(['latex', 'mathml']);

export interface Options {
  readonly files: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly check: boolean;
  readonly directives: readonly string[];
  readonly thevenin: readonly string[];
  /** Files of parts. */
  readonly parts: readonly string[];
  /** Folders beside that of the file from which files may be included. */
  readonly allowed: readonly string[];
  /** Whose rules the netlist obeys; recognised when absent. */
  readonly dialect?: DialectName;
  /** `convert` expands every instance. */
  readonly flat: boolean;
  /** Where `draw` writes; standard output unless given. */
  readonly out?: string;
  /** `convert` writes every op amp as its error model. */
  readonly annotate: boolean;
  /** `convert` writes the corner with this extreme of the output, or of its error over the ranges. */
  readonly corner?: Side;
  /** The raw file that `op` compares with. */
  readonly against?: string;
  /** Calculations that `check` compares with the circuit. */
  readonly sheets: readonly string[];
  /** In whose form `check` tells a server what failed. */
  readonly reporter?: (typeof REPORTERS)[number];
  /** The parts that `analyze` ranks, and the op amps that they take the place of. */
  readonly compare?: string;
  readonly opAmps: readonly string[];
  /** The dialect that `convert` writes. */
  readonly to?: DialectName;
  /** Elements that `formula` takes as equal: `R4=R2`. */
  readonly equal: readonly string[];
  /** The part of a quantity that `formula` may leave out. */
  readonly approximate?: number;
}

export function optionsOf(argv: readonly string[], command: CommandName): Options {
  const { values, positionals } = parsed(argv);
  for (const option of Object.keys(OWNERS) as OptionName[]) {
    const fault = values[option] === undefined ? undefined : strangerFault(option, command);
    if (fault !== undefined) throw new UsageError(fault);
  }
  const wanted = values.json === true ? 'json' : (values.format ?? 'text');
  const format = FORMATS.find((each) => each === wanted);
  if (format === undefined) {
    throw new UsageError(`There is no format "${wanted}"; formats are ${FORMATS.join(', ')}.`);
  }
  if (command !== 'parts' && positionals.length === 0) {
    throw new UsageError('No file is given; - reads standard input.');
  }
  const opAmps = values.opamp ?? [];
  // For a comparison a name alone says which op amps are meant; a directive says something of one.
  const isName = (text: string) => values.compare !== undefined && !/\s/.test(text.trim());
  return {
    files: positionals,
    format,
    check: values['no-check'] !== true,
    flat: values.flat === true,
    annotate: values.annotate === true,
    ...(values.out === undefined ? {} : { out: values.out }),
    thevenin: values.thevenin ?? [],
    parts: values.parts ?? [],
    sheets: values.sheet ?? [],
    ...(values.reporter === undefined ? {} : { reporter: reporterOf(values.reporter) }),
    allowed: values['allow-include'] ?? [],
    ...(values.dialect === undefined ? {} : { dialect: dialectOf(values.dialect) }),
    ...(values.corner === undefined ? {} : { corner: cornerOf(values.corner) }),
    ...(values.to === undefined ? {} : { to: dialectOf(values.to) }),
    ...(values.compare === undefined ? {} : { compare: values.compare }),
    opAmps: opAmps.filter(isName).map((text) => text.trim()),
    equal: values.let ?? [],
    ...(values.approximate === undefined ? {} : { approximate: partOf(values.approximate) }),
    ...(values.against === undefined ? {} : { against: values.against }),
    directives: [
      ...(values.output === undefined ? [] : [`output ${values.output}`]),
      ...(values.input === undefined ? [] : [`input ${values.input}`]),
      ...opAmps.filter((text) => !isName(text)).map((text) => `opamp ${text}`),
    ],
  };
}

function reporterOf(text: string): (typeof REPORTERS)[number] {
  const found = REPORTERS.find((name) => name === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`There is no reporter "${text}"; reporters are ${REPORTERS.join(', ')}.`);
}

/** `1%` or `0.01`, between 0 and 1. */
function partOf(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d*)?|\.\d+)(%?)$/.exec(text.trim()) ?? [];
  const part = Number(digits) / (percent === '%' ? 100 : 1);
  if (part > 0 && part < 1) return part;
  throw new UsageError(`--approximate takes an error such as 1% or 0.01, not "${text}".`);
}

function cornerOf(text: string): Side {
  const found = SIDES.find((side) => side === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`There is no corner "${text}"; corners are ${SIDES.join(', ')}.`);
}

function dialectOf(text: string): DialectName {
  const found = DIALECT_NAMES.find((name) => name === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`There is no dialect "${text}"; dialects are ${DIALECT_NAMES.join(', ')}.`);
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        output: { type: 'string' },
        input: { type: 'string' },
        opamp: { type: 'string', multiple: true },
        thevenin: { type: 'string', multiple: true },
        against: { type: 'string' },
        compare: { type: 'string' },
        parts: { type: 'string', multiple: true },
        sheet: { type: 'string', multiple: true },
        reporter: { type: 'string' },
        'allow-include': { type: 'string', multiple: true },
        dialect: { type: 'string' },
        to: { type: 'string' },
        let: { type: 'string', multiple: true },
        approximate: { type: 'string' },
        flat: { type: 'boolean' },
        annotate: { type: 'boolean' },
        out: { type: 'string', short: 'o' },
        corner: { type: 'string' },
        format: { type: 'string' },
        json: { type: 'boolean' },
        'no-check': { type: 'boolean' },
      },
    });
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
}
