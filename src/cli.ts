/**
 * The command line: which command, and what becomes of its faults. Exit codes: 0 fine, 1 a check failed,
 * 2 bad input, 3 our own fault. The commands are in src/cli/, everything else is in the library.
 */

import { COMMAND_NAMES, type CommandName } from './cli/option-table.ts';
import {
  BAD_INPUT,
  FINE,
  FORMULA_FORMATS,
  type Options,
  OWN_FAULT,
  optionsOf,
  UsageError,
} from './cli/options.ts';
import { VERSION } from './index.ts';

const HELP = `nullor ${VERSION}: DC errors of op amp circuits, from a SPICE netlist

Usage
  nullor analyze FILE [options]     noise gains, R_NEQ, R_IEQ, every error term, the error budget,
                                    and whether ngspice agrees
  nullor check FILE... [options]    every "*@ expect" line of the files, and ngspice; files may be
                                    patterns (circuits/**/*.cir); --sheet checks a calculation
  nullor formula FILE [QUANTITY ...] [options]
                                    closed forms with ideal op amps: GN(XU1), RNEQ(XU1), RIEQ(XU1),
                                    ZN(XU1), ZI(XU1), BETA(XU1), gain(VIN), VOE ...; all without a name
  nullor op FILE [options]          the operating point of any circuit as written, macromodels and
                                    non-linear devices included; --against compares
  nullor opamps FILE [options]      which subcircuits and elements are op amps, the roles of their
                                    pins, and how that was found out
  nullor convert FILE [options]     a clean netlist from any SPICE dialect or schematic
  nullor draw FILE [-o FILE.svg]    an LTspice or KiCad schematic as a picture
  nullor parts [QUERY] [options]    the op amp library: all of it, what has the words of the query
                                    (auto-zeroed, class=cmos, manufacturer=texas), or one part

FILE is a netlist or a schematic; it may be - for standard input.

Options, with the commands that have them
  --output V(a,b)      what the errors are judged at: V(node), V(a,b) or I(element)
                       (analyze, check, convert, formula)
  --input VIN          the source that errors are referred to; "VP VM" for a difference
                       (analyze, check, formula)
  --opamp "XU1 ..."    an op amp's specifications, as behind *@ opamp; may be repeated
                       (analyze, check, convert, formula)
  --compare QUERY      parts of the library ranked by their error in this circuit: names and queries as
                       of "nullor parts", "MCP601,OPA333" or "class=auto-zeroed"; --opamp XU1 says
                       whose place they take, by default that of the op amps that are parts (analyze)
  --against FILE       the raw file of a simulator to compare with: exit 1 when they differ by
                       more than 0.001 of a value and 1e-6 of the largest voltage or current (op)
  --parts FILE         op amps of your own (docs/parts.md) before those of the library; may be
                       repeated (analyze, check, convert, formula, parts)
  --sheet FILE         a calculation in Markdown or plain text: every equality of every line
                       (docs/sheets.md); may be repeated (check)
  --reporter NAME      junit or github: failures in the form that servers read (check)
  --thevenin a,b       the Thevenin equivalent between two nodes; may be repeated (analyze)
  --dialect NAME       ngspice, ltspice, pspice, hspice, xyce or tina; recognised when not given
                       (analyze, check, convert, formula, op, opamps)
  --to NAME            ngspice or ltspice: what is written (convert)
  --let R4=R2          take elements as equal, or R20=2*R10; may be repeated (check, formula)
  --approximate 1%     leave out terms that change a quantity by less than this (formula)
  --corner NAME        the netlist with every value where the output is lowest or highest: low,
                       high; or its error over the ranges: error-low, error-high (convert)
  --annotate           every op amp as its DC error model, for ngspice and LTspice (convert)
  --flat               every subcircuit expanded, every constant a number (convert)
  -o, --out FILE       where the picture is written, in place of standard output (draw)
  --allow-include DIR  a folder from which files may be included, beside the netlist's own
                       (analyze, check, convert, draw, formula, op, opamps)
  --format FORMAT      text, md, html (one file, with a chart of the budget), csv (the budget),
                       json; latex and mathml of formula; each as far as the command has it
                       (analyze, check, convert, formula, op, opamps, parts)
  --json               the same as --format json
                       (analyze, check, convert, formula, op, opamps, parts)
  --no-check           do not ask ngspice (analyze, check)
  --help, --version

Exit codes
  0 fine   1 a check failed, or the circuit has no DC feedback or is unstable
  2 bad input (what and where is on standard error)   3 a fault of nullor itself
`;

/** Each command is loaded alone: what the others need would make it start later. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  analyze: async () => (await import('./cli/analyze.ts')).analyzeCommand,
  check: async () => (await import('./cli/check.ts')).checkCommand,
  convert: async () => (await import('./cli/convert.ts')).convertCommand,
  draw: async () => (await import('./cli/draw.ts')).drawCommand,
  formula: async () => (await import('./cli/formula.ts')).formulaCommand,
  op: async () => (await import('./cli/op.ts')).opCommand,
  opamps: async () => (await import('./cli/opamps.ts')).opampsCommand,
  parts: async () => (await import('./cli/parts.ts')).partsCommand,
};

type Command = (options: Options) => Promise<number>;

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || rest.includes('--help')) {
    process.stdout.write(HELP);
    return name === undefined ? BAD_INPUT : FINE;
  }
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return FINE;
  }
  const command = COMMAND_NAMES.find((each) => each === name);
  if (command === undefined) {
    throw new UsageError(
      `There is no command "${name}"; commands are ${COMMAND_NAMES.join(', ')}.`,
    );
  }
  const options = optionsOf(rest, command);
  if (FORMULA_FORMATS.has(options.format) && command !== 'formula') {
    throw new UsageError(`Only formula has the format ${options.format}.`);
  }
  const run = await COMMANDS[command]();
  return run(options);
}

// A reader such as `head` may close its end early: what it wanted it has.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit();
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  if (fault instanceof UsageError) {
    process.stderr.write(`nullor: ${fault.message}\nTry "nullor --help".\n`);
    process.exitCode = BAD_INPUT;
  } else {
    process.stderr.write(
      `nullor: internal error, please report it with the netlist:\n${fault instanceof Error ? fault.stack : fault}\n`,
    );
    process.exitCode = OWN_FAULT;
  }
}
