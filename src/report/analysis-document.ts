/**
 * Analysis -> Document: the report an engineer reads. The verdict first, then the error at the output,
 * who causes it, and what ngspice says. Computes nothing but the layout.
 */

import { placeOf } from '../../grammar/source.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmpAnalysis } from '../analysis/op-amp-analysis.ts';
import { TERM_NAMES } from '../analysis/terms.ts';
import type { Analysis } from '../analyze.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { isIdeal } from '../circuit/specification.ts';
import type { CrossCheck } from '../ngspice/cross-check.ts';
import { adviceSection } from './advice-tables.ts';
import { calibrationTable } from './calibration-tables.ts';
import type { Block, Document } from './document.ts';
import {
  budgetChart,
  budgetTable,
  knownErrors,
  rssLabel,
  withoutContribution,
} from './error-tables.ts';
import { left, number, outputUnit, plusMinus, right } from './figures.ts';
import { limitTable } from './limit-tables.ts';
import { monteCarloBlocks } from './monte-carlo-tables.ts';
import { opAmpTable, otherResistances, swingTable } from './op-amp-tables.ts';
import { deviceTable } from './op-document.ts';
import { sensitivityTable } from './sensitivity-tables.ts';
import { budgetCondition, hasRanges } from './source-conditions.ts';
import { VERDICTS } from './verdicts.ts';
import { cornerTable, extremesFacts } from './worst-case-tables.ts';

/** One section of the report: its heading and blocks, or nothing where it has nothing to say. */
export type Section = (result: CircuitAnalysis, analysis: Analysis) => readonly Block[];

/** In the order in which they are read. */
export const SECTIONS: readonly Section[] = [
  opAmps,
  swingTable,
  limitTable,
  errorBudget,
  (result, { circuit }) => calibrationTable(result, circuit),
  (result, { circuit }) => adviceSection(result, circuit),
  (result, { circuit }) => cornerTable(result, circuit),
  (result, { circuit }) => monteCarloBlocks(result, circuit),
  (result, { circuit }) => sensitivityTable(result, circuit),
  operatingPoint,
  thevenin,
  (result, { circuit }) => gainTable(result, circuit),
  ({ devices }) => deviceTable(devices),
  notes,
  (_, { crossCheck }) => disagreements(crossCheck),
  conventions,
];

export function analysisDocument(analysis: Analysis): Document {
  const { result } = analysis;
  return [
    { kind: 'title', text: analysis.title.trim() || analysis.file },
    { kind: 'facts', facts: headFacts(analysis) },
    ...(result === null ? [] : SECTIONS.flatMap((section) => section(result, analysis))),
  ];
}

function opAmps(result: CircuitAnalysis, { circuit }: Analysis): Block[] {
  if (result.opAmps.length === 0) return [];
  return [
    { kind: 'heading', text: 'Op amps' },
    opAmpTable(result.opAmps),
    ...otherResistances(result.opAmps),
    ...knownErrors(result, circuit),
  ];
}

function errorBudget({ budget }: CircuitAnalysis, { circuit }: Analysis): Block[] {
  if (budget === null || budget.rows.length === 0) return [];
  const unit = outputUnit(circuit);
  const label = circuit.output?.label ?? 'the output';
  const condition = budgetCondition(budget, circuit);
  return [
    { kind: 'heading', text: `Error budget at ${label}: spreads, the largest first` },
    budgetChart(budget, unit),
    budgetTable(budget, unit),
    ...withoutContribution(budget, circuit),
    ...(condition === undefined
      ? []
      : [{ kind: 'paragraph', text: `Rows ${condition}.` } as const]),
  ];
}

function conventions({ opAmps: found }: CircuitAnalysis, { circuit }: Analysis): Block[] {
  if (found.length === 0) return [];
  return [
    { kind: 'heading', text: 'Conventions' },
    { kind: 'paragraph', text: hasRanges(circuit) ? `${CONVENTIONS} ${OF_RANGES}` : CONVENTIONS },
  ];
}

const CONVENTIONS =
  'G_N is the noise gain to the op amp\'s own output, "to output" the gain from its V_OST to the output. R_NEQ and R_IEQ are passive: all op amp outputs at 0 V. I_BN and I_BI flow into the pins; I_B is their mean, I_OS their difference. V_CM is the mean of the external pins. Errors at the output are exact; the budget is of first order in the spreads, its worst case adds all rows, RSS takes them as independent with limits at 3 sigma unless *@ sigma says otherwise.';

const OF_RANGES =
  'Of the budget the terms of A_OL, CMRR and PSRR cover the ranges of *@ range; tolerances of elements, extremes of the output, Monte Carlo with its RSS, and sensitivities are those at the nominal values of the sources, so that their totals need not agree. The largest error is of everything together, not linearised, each source at an end of its range; changes count from the bias points.';

function headFacts(analysis: Analysis): [string, string][] {
  const { status, file, result, crossCheck } = analysis;
  const facts: [string, string][] = [
    ['File', file],
    ['Verdict', VERDICTS[status]],
  ];
  if (result === null) return facts;
  facts.push(...idealFact(result), ...outputFacts(result, analysis.circuit), [
    'ngspice',
    refereeLine(crossCheck),
  ]);
  return facts;
}

/** An op amp without data adds nothing to the totals below: whoever reads them must know. */
function idealFact({ opAmps: found }: CircuitAnalysis): [string, string][] {
  const names = found.flatMap(({ opAmp: { name, specification } }) =>
    isIdeal(specification) ? [name] : [],
  );
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  return [['Op amps', `${names.join(', ')} ${verb} taken as ideal: no data of errors`]];
}

function outputFacts(result: CircuitAnalysis, circuit: Circuit): [string, string][] {
  const { output } = circuit;
  const { operatingPoint: point, ideal, error, budget, opAmps } = result;
  if (output === null) return [['Output', 'none named; use *@ output V(node) or --output']];
  const unit = outputUnit(circuit);
  const facts: [string, string][] = [];
  if (point !== null && point.output !== null) {
    const nullors =
      ideal === null || opAmps.length === 0 ? '' : `, ideally ${number(ideal.output, unit)}`;
    facts.push(['Output', `${output.label} = ${number(point.output, unit)}${nullors}`]);
  }
  /** Values at the output and what they are at the input. */
  const both = (values: readonly (readonly [value: number, name: string])[], sign: '' | '±') => {
    const { input } = result;
    const list = (gain: number, at: string) =>
      values
        .map(([value, name]) => {
          const referred = value / gain;
          return `${sign === '' ? number(referred, at) : plusMinus(Math.abs(referred), at)}${name}`;
        })
        .join(', ');
    return input === null
      ? list(1, unit)
      : `${list(1, unit)}; referred to ${input.label}: ${list(input.gain, input.unit)}`;
  };
  if (error !== null && opAmps.some(hasKnownError)) {
    facts.push(['V_OE known', both([[error.output, '']], '')]);
  }
  if (budget !== null && budget.rows.length > 0) {
    const condition = budgetCondition(budget, circuit);
    facts.push([
      budget.elements.worstCase === 0 ? 'V_OE spread' : 'Error spread',
      both(
        [
          [budget.worstCase, ' worst case'],
          [budget.rss, ` ${rssLabel(budget)}`],
        ],
        '±',
      ) + (condition === undefined ? '' : ` (${condition})`),
    ]);
  }
  facts.push(...extremesFacts(result, circuit));
  return facts;
}

function hasKnownError({ terms }: OpAmpAnalysis): boolean {
  return (
    terms !== null && TERM_NAMES.some((name) => terms[name].input !== 0 || terms[name].output !== 0)
  );
}

function refereeLine(check: CrossCheck | null): string {
  if (check === null) return 'not asked';
  if (check.agrees === null) return `no answer: ${check.reason ?? 'unknown reason'}`;
  const worst = check.worst === null || check.worst === 0 ? '0' : check.worst.toExponential(1);
  const outside = check.rows.filter(({ difference, bound }) => !(difference <= bound)).length;
  return check.agrees
    ? `agrees in all ${check.rows.length} figures, worst relative difference ${worst}; ${check.engine}`
    : `DISAGREES in ${outside} of ${check.rows.length} figures, worst relative difference ${worst}; ${check.engine}`;
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

/** The finite gains only where some known gain makes them differ. */
function gainTable({ gains, finiteGains }: CircuitAnalysis, circuit: Circuit): Block[] {
  const alike = gains === finiteGains;
  const rows = [...((gains ?? finiteGains)?.sources ?? [])]
    .filter(([, gain]) => gain !== 0)
    .map(([source]) => {
      const unit = `${outputUnit(circuit)}/${source.kind === 'currentSource' ? 'A' : 'V'}`;
      const cells = [gains, ...(alike ? [] : [finiteGains])];
      return [source.name, ...cells.map((found) => number(found?.sources.get(source), unit))];
    });
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: `Signal gains to ${circuit.output?.label ?? 'the output'}` },
    {
      kind: 'table',
      columns: [left('source'), ...(alike ? [right('gain')] : [right('ideal'), right('finite')])],
      rows,
    },
  ];
}

function notes(_: CircuitAnalysis, { diagnostics }: Analysis): Block[] {
  const items = diagnostics
    .filter(({ severity }) => severity !== 'error')
    .map(({ severity, message, span }) => {
      const { line } = placeOf(span);
      return `${severity === 'warning' ? 'Warning, ' : ''}line ${line}: ${message}`;
    });
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'Notes' },
    { kind: 'list', items },
  ];
}

function disagreements(check: CrossCheck | null): Block[] {
  if (check?.agrees !== false) return [];
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
      rows: check.rows
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
