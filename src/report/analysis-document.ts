/**
 * Analysis -> Document: the report an engineer reads. The verdict first, then the error at the output,
 * who causes it, and what ngspice says. Computes nothing but the layout.
 */

import { formatEngineering } from '../../grammar/number.ts';
import { position } from '../../grammar/source.ts';
import type { Budget } from '../analysis/budget.ts';
import type { CircuitAnalysis, OpAmpAnalysis, Status } from '../analysis/circuit-analysis.ts';
import { TERM_NAMES, type TermName } from '../analysis/terms.ts';
import type { Analysis } from '../analyze.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { CrossCheck } from '../ngspice/cross-check.ts';
import type { Block, Column, Document } from './document.ts';

const VERDICTS: Readonly<Record<Status, string>> = {
  ok: 'ok: every node has a DC path and the net feedback is negative',
  unstable_dc:
    'UNSTABLE: the net DC feedback is positive, the circuit latches; the figures describe an equilibrium it leaves',
  no_dc_feedback:
    'NO DC FEEDBACK: an op amp runs open loop and saturates; only what exists without feedback is shown',
  no_dc_path: 'NO DC PATH: the circuit has no DC solution',
  voltage_conflict: 'VOLTAGE CONFLICT: the circuit has no DC solution',
  invalid: 'INVALID: the netlist has errors and was not analysed',
};

const TERM_LABELS: Readonly<Record<TermName, string>> = {
  Vos: 'V_OS',
  drift: 'drift',
  Aol: 'A_OL',
  Cmrr: 'CMRR',
  PsrrPlus: 'PSRR+',
  PsrrMinus: 'PSRR-',
  Ibn: 'I_BN',
  Ibi: 'I_BI',
};

const CAUSE_LABELS: Readonly<Record<string, string>> = {
  ...TERM_LABELS,
  Psrr: 'PSRR',
  Ib: 'I_B',
  Ios: 'I_OS',
};

/** A single cause beyond this share of the worst case is worth a remark. */
const DOMINANT = 0.8;
const DIGITS = 6;

export function analysisDocument(analysis: Analysis): Document {
  const { result, circuit, crossCheck } = analysis;
  const blocks: Block[] = [
    { kind: 'title', text: analysis.title.trim() || analysis.file },
    { kind: 'facts', facts: headFacts(analysis) },
  ];
  if (result === null) return blocks;
  const unit = outputUnit(circuit);
  if (result.opAmps.length > 0) {
    blocks.push(
      { kind: 'heading', text: 'Op amps' },
      opAmpTable(result.opAmps),
      ...otherResistances(result.opAmps),
      ...knownErrors(result, circuit, unit),
    );
  }
  if (result.budget !== null && result.budget.rows.length > 0) {
    blocks.push(
      {
        kind: 'heading',
        text: `Error budget at ${circuit.output?.label ?? 'the output'}: spreads, the largest first`,
      },
      budgetTable(result.budget, unit),
    );
  }
  blocks.push(...operatingPoint(result), ...thevenin(result), ...gainTable(result, circuit));
  const notes = noteItems(analysis);
  if (notes.length > 0)
    blocks.push({ kind: 'heading', text: 'Notes' }, { kind: 'list', items: notes });
  if (crossCheck !== null && crossCheck.agrees === false) blocks.push(...disagreements(crossCheck));
  if (result.opAmps.length > 0) {
    blocks.push({ kind: 'heading', text: 'Conventions' }, { kind: 'paragraph', text: CONVENTIONS });
  }
  return blocks;
}

const CONVENTIONS =
  'G_N is the noise gain to the op amp\'s own output, "to output" the gain from its V_OST to the output. R_NEQ and R_IEQ are passive: all op amp outputs at 0 V. I_BN and I_BI flow into the pins; I_B is their mean, I_OS their difference. V_CM is the mean of the external pins. Errors at the output are exact; the budget is of first order in the spreads, its worst case adds all rows, RSS takes them as independent.';

function headFacts({ status, file, circuit, result, crossCheck }: Analysis): [string, string][] {
  const facts: [string, string][] = [
    ['File', file],
    ['Verdict', VERDICTS[status]],
  ];
  if (result === null) return facts;
  const unit = outputUnit(circuit);
  const label = circuit.output?.label;
  const value = result.operatingPoint?.output;
  if (label !== undefined && typeof value === 'number') {
    const ideal = result.ideal?.output;
    facts.push([
      'Output',
      `${label} = ${number(value, unit)}${typeof ideal === 'number' ? `, ideally ${number(ideal, unit)}` : ''}`,
    ]);
  } else if (label === undefined)
    facts.push(['Output', 'none named; use *@ output V(node) or --output']);
  if (result.error !== null && result.opAmps.length > 0)
    facts.push(['V_OE known', knownError(result, circuit)]);
  const { budget } = result;
  if (budget !== null && budget.rows.length > 0) {
    facts.push([
      'V_OE spread',
      `±${number(budget.worstCase, unit)} worst case, ±${number(budget.rss, unit)} RSS`,
    ]);
  }
  facts.push(['ngspice', refereeLine(crossCheck)]);
  return facts;
}

function knownError({ error, input }: CircuitAnalysis, circuit: Circuit): string {
  if (error === null) return '';
  const text = number(error.output, outputUnit(circuit));
  const referred = input === null ? undefined : error.inputReferred[input];
  if (referred === undefined) return text;
  const source = circuit.elements.find(
    ({ name }) => name === (circuit.input?.terms[0]?.source ?? input),
  );
  return `${text}, referred to ${input}: ${number(referred, source?.kind === 'currentSource' ? 'A' : 'V')}`;
}

function refereeLine(check: CrossCheck | null): string {
  if (check === null) return 'not asked';
  if (check.agrees === null) return `no answer: ${check.reason ?? 'unknown reason'}`;
  const worst = check.worst === null || check.worst === 0 ? '0' : check.worst.toExponential(1);
  const outside = check.rows.filter(({ difference, bound }) => !(difference <= bound)).length;
  return check.agrees
    ? `agrees in all ${check.rows.length} figures, worst relative difference ${worst} (${check.engine})`
    : `DISAGREES in ${outside} of ${check.rows.length} figures, worst relative difference ${worst} (${check.engine})`;
}

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

function opAmpTable(opAmps: readonly OpAmpAnalysis[]): Block {
  return {
    kind: 'table',
    columns: [
      left('op amp'),
      left('model'),
      right('G_N'),
      right('to output'),
      right('R_NEQ'),
      right('R_IEQ'),
      right('V_CM'),
      right('V_OUT'),
    ],
    rows: opAmps.map(({ opAmp, noiseGain, noiseGainToOutput, resistance, voltages }) => [
      opAmp.name,
      opAmp.part,
      number(noiseGain, 'V/V'),
      number(noiseGainToOutput, ''),
      number(resistance.nonInverting, 'Ω'),
      number(resistance.inverting, 'Ω'),
      number(voltages?.commonMode, 'V'),
      number(voltages?.output, 'V'),
    ]),
  };
}

/** Active and effective resistances, only of op amps where they differ from the passive ones. */
function otherResistances(opAmps: readonly OpAmpAnalysis[]): Block[] {
  const same = (a: number, b: number | undefined) =>
    b === undefined || Math.abs(a - b) <= 1e-9 * Math.abs(a);
  const rows = opAmps.flatMap(({ opAmp, resistance }) => {
    const { nonInverting, inverting, literal, active, effective } = resistance;
    const usual = [literal, active, effective].every(
      (other) => same(nonInverting, other?.nonInverting) && same(inverting, other?.inverting),
    );
    if (usual) return [];
    const pair = (value: { nonInverting: number; inverting: number } | null) => [
      number(value?.nonInverting, 'Ω'),
      number(value?.inverting, 'Ω'),
    ];
    return [[opAmp.name, ...pair(literal), ...pair(active), ...pair(effective)]];
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: 'heading',
      text: 'Other resistances: at the pin alone, with the other op amps in loop (active), at the output (effective)',
    },
    {
      kind: 'table',
      columns: [
        left('op amp'),
        right('R_PP'),
        right('R_MM'),
        right('R_N active'),
        right('R_I active'),
        right('R_N eff.'),
        right('R_I eff.'),
      ],
      rows,
    },
  ];
}

function knownErrors(result: CircuitAnalysis, circuit: Circuit, unit: string): Block[] {
  const rows = result.opAmps.flatMap(({ opAmp, terms }) =>
    terms === null
      ? []
      : TERM_NAMES.filter((name) => terms[name].input !== 0 || (terms[name].output ?? 0) !== 0).map(
          (name) => ({
            cells: [
              opAmp.name,
              TERM_LABELS[name],
              number(terms[name].input, 'V'),
              number(terms[name].output, unit),
            ],
            size: Math.abs(terms[name].output ?? terms[name].input),
          }),
        ),
  );
  if (rows.length === 0) return [];
  rows.sort((a, b) => b.size - a.size);
  const total =
    result.error === null ? [] : [['V_OE', 'sum', '', number(result.error.output, unit)]];
  return [
    { kind: 'heading', text: 'Known errors, the largest first' },
    {
      kind: 'table',
      columns: [
        left('op amp'),
        left('term'),
        right('at its input'),
        right(`at ${circuit.output?.label ?? 'output'}`),
      ],
      rows: [...rows.map(({ cells }) => cells), ...total],
      totals: rows.length,
    },
  ];
}

function budgetTable(budget: Budget, unit: string): Block {
  const rows = budget.rows.map(({ cause, opAmp, low, high, worst }) => [
    opAmp,
    CAUSE_LABELS[cause] ?? cause,
    number(low, unit),
    number(high, unit),
    share(worst, budget),
  ]);
  return {
    kind: 'table',
    columns: [left('op amp'), left('cause'), right('low'), right('high'), right('share')],
    rows: [
      ...rows,
      ['worst case', '', number(budget.low, unit), number(budget.high, unit), ''],
      ['RSS', '', number(-budget.rss, unit), number(budget.rss, unit), ''],
    ],
    totals: rows.length,
  };
}

function share(worst: number, { rows }: Budget): string {
  const sum = rows.reduce((total, row) => total + row.worst, 0);
  return sum === 0 ? '' : `${((100 * worst) / sum).toFixed(1)} %`;
}

/** Without an output the node voltages are the result. */
function operatingPoint({ operatingPoint: point, opAmps }: CircuitAnalysis): Block[] {
  if (point === null || (point.output !== null && opAmps.length > 0)) return [];
  return [
    { kind: 'heading', text: 'Node voltages' },
    {
      kind: 'table',
      columns: [left('node'), right('voltage')],
      rows: Object.entries(point.nodes).map(([name, value]) => [name, number(value, 'V')]),
    },
  ];
}

function thevenin({ thevenin: equivalents }: CircuitAnalysis): Block[] {
  if (equivalents.length === 0) return [];
  return [
    { kind: 'heading', text: 'Thevenin equivalents' },
    {
      kind: 'table',
      columns: [left('nodes'), right('open-circuit voltage'), right('resistance')],
      rows: equivalents.map(({ label, voltage, resistance }) => [
        label,
        number(voltage, 'V'),
        number(resistance, 'Ω'),
      ]),
    },
  ];
}

function gainTable({ gains, finiteGains }: CircuitAnalysis, circuit: Circuit): Block[] {
  const rows = [...((gains ?? finiteGains)?.sources ?? [])]
    .filter(([, gain]) => gain !== 0)
    .map(([source]) => {
      const unit = `${outputUnit(circuit)}/${source.kind === 'currentSource' ? 'A' : 'V'}`;
      return [
        source.name,
        number(gains?.sources.get(source), unit),
        number(finiteGains?.sources.get(source), unit),
      ];
    });
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: `Signal gains to ${circuit.output?.label ?? 'the output'}` },
    { kind: 'table', columns: [left('source'), right('ideal'), right('finite')], rows },
  ];
}

function noteItems({ diagnostics, result }: Analysis): string[] {
  const items = diagnostics
    .filter(({ severity }) => severity !== 'error')
    .map(({ severity, message, span }) => {
      const { line } = position(span.source, span.start);
      return `${severity === 'warning' ? 'Warning, ' : ''}line ${line}: ${message}`;
    });
  const [first] = result?.budget?.rows ?? [];
  const sum = (result?.budget?.rows ?? []).reduce((total, row) => total + row.worst, 0);
  if (first !== undefined && result?.budget?.rows.length !== 1 && first.worst > DOMINANT * sum) {
    items.unshift(
      `${CAUSE_LABELS[first.cause] ?? first.cause} of ${first.opAmp} makes ${((100 * first.worst) / sum).toFixed(1)} % of the worst case.`,
    );
  }
  return items;
}

function disagreements({ rows }: CrossCheck): Block[] {
  return [
    { kind: 'heading', text: 'ngspice disagrees' },
    {
      kind: 'table',
      columns: [
        left('figure'),
        right('nullor'),
        right('ngspice'),
        right('difference'),
        right('bound'),
      ],
      rows: rows
        .filter(({ difference, bound }) => !(difference <= bound))
        .map(({ quantity, ours, ngspice, difference, bound }) => [
          quantity,
          String(ours),
          String(ngspice),
          difference.toExponential(1),
          bound.toExponential(1),
        ]),
    },
  ];
}

function outputUnit({ output }: Circuit): string {
  return output?.quantity === 'I' ? 'A' : 'V';
}

function number(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '-';
  // A gain reads better as 10.05 than as 10.05 V/V behind every number.
  return formatEngineering(value, { digits: DIGITS, unit: unit === 'V/V' ? '' : unit });
}
