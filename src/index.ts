/**
 * The public API of nullor: the whole pipeline in `analyze`, and its stages one by one. Runs in Node and
 * in browsers; the ngspice engine for Node is in `nullor/node`.
 *
 * ```ts
 * import { analyze, analysisDocument, renderText } from 'nullor';
 * const analysis = await analyze(netlistText, { name: 'amplifier.cir' });
 * console.log(renderText(analysisDocument(analysis)));
 * ```
 */

export { decode } from '../grammar/decode.ts';
export {
  type Diagnostic,
  Diagnostics,
  renderDiagnostic,
  type Severity,
} from '../grammar/diagnostic.ts';
export type { Directive, DirectiveLine } from '../grammar/directive/tree.ts';
export { formatEngineering, parseNumber } from '../grammar/number.ts';
export { type RawPlot, type RawVariable, readRawFile } from '../grammar/raw/read.ts';
export { type Position, position, type Source, type Span } from '../grammar/source.ts';
export {
  DIALECT_NAMES,
  type Dialect,
  type DialectName,
  isGround,
} from '../grammar/spice/dialect.ts';
export { dialectTable } from '../grammar/spice/dialect-table.ts';
export { type IncludeResolver, type ParseOptions, parseNetlist } from '../grammar/spice/parse.ts';
export { type PrintOptions, printNetlist } from '../grammar/spice/printer.ts';
export { type RecognisedDialect, recogniseDialect } from '../grammar/spice/recognise.ts';
export type { Netlist, Statement } from '../grammar/spice/tree.ts';
export { type Against, type AgainstRow, compareAgainst } from './analysis/against.ts';
export type { Budget, BudgetRow } from './analysis/budget.ts';
export {
  analyzeCircuit,
  type CircuitAnalysis,
  type Status,
} from './analysis/circuit-analysis.ts';
export type { Gains } from './analysis/gains.ts';
export { type OutputSampler, outputSampler } from './analysis/monte-carlo/output-sampler.ts';
export type { OpAmpAnalysis } from './analysis/op-amp-analysis.ts';
export { nominalSolution } from './analysis/operating-point.ts';
export { outputValue } from './analysis/output.ts';
export { type Analysis, type AnalyzeOptions, analyze, REFUSED } from './analyze.ts';
export { type Circuit, type Element, isLinear, type OpAmp } from './circuit/circuit.ts';
export { elaborate } from './circuit/elaborate.ts';
export { flatNetlist } from './circuit/flat/netlist.ts';
export type { OpAmpSurvey } from './circuit/recognition/survey.ts';
export type { OpAmpSpecification, Spread } from './circuit/specification.ts';
export { type CompareOptions, type Comparison, compareParts } from './compare.ts';
export { type Drawing, drawAnalysis, drawSchematic } from './draw.ts';
export { checkExpectations, type ExpectationResult } from './expectation/check.ts';
export { checkSheet } from './expectation/sheet/check-sheet.ts';
export type { SheetLine, SheetResult, SheetStep } from './expectation/sheet/result.ts';
export {
  type Formula,
  type FormulateOptions,
  type Formulation,
  formulate,
} from './formulate.ts';
export { Solver } from './mna/solver.ts';
export { assemble, type Network, type System } from './mna/system.ts';
export { type CrossCheck, crossCheck } from './ngspice/cross-check.ts';
export type { Deck, Engine, RunOutcome, Step } from './ngspice/engine.ts';
export { type OperateOptions, type Operation, operate } from './operate.ts';
export { partLibrary } from './parts/built-in.ts';
export type { FoundPart, Lookup, PartLibrary } from './parts/library.ts';
export { nearNames } from './parts/near-names.ts';
export type { Part, Row } from './parts/part.ts';
export { partsMatching, QUERY_FIELDS, unknownField } from './parts/query.ts';
export { readNetlist } from './read-netlist.ts';
export { analysisDocument } from './report/analysis-document.ts';
export { type Annotated, annotatedNetlist } from './report/annotated-netlist.ts';
export { cardTable } from './report/card-table.ts';
export { checkDocument } from './report/check-document.ts';
export { comparisonDocument } from './report/comparison-document.ts';
export { comparisonJson } from './report/comparison-json.ts';
export { cornerNetlist, SIDES, type Side } from './report/corner-netlist.ts';
export { renderCsv } from './report/csv.ts';
export type { Block, Document } from './report/document.ts';
export { formulaDocument } from './report/formula-document.ts';
export { formulaJson } from './report/formula-json.ts';
export { renderGithub } from './report/github.ts';
export { renderHtml } from './report/html.ts';
export { analysisJson, checkJson, diagnosticJson } from './report/json.ts';
export { type CheckedFile, renderJunit } from './report/junit.ts';
export { renderMarkdown } from './report/markdown.ts';
export { netlistJson } from './report/netlist-json.ts';
export { type OperationReport, operationDocument } from './report/op-document.ts';
export { operationJson } from './report/op-json.ts';
export { opAmpsDocument } from './report/opamps-document.ts';
export { opAmpsJson } from './report/opamps-json.ts';
export { partsDocument } from './report/parts-document.ts';
export { partsJson } from './report/parts-json.ts';
export { reviewDocument } from './report/review-document.ts';
export { renderText } from './report/text.ts';
export { importSchematic } from './schematic/import.ts';
export { surveyOpAmps } from './survey.ts';
export {
  type ClosedForm,
  type ClosedForms,
  closedForms,
  hasForm,
} from './symbolic/closed-form.ts';
export { type Quantity, quantitiesOf, quantityName } from './symbolic/quantity.ts';
export { wantedQuantities } from './symbolic/wanted.ts';
export type { WrittenForm } from './symbolic/written-form.ts';
export type { Threads } from './threads/threads.ts';
export { VERSION } from './version.ts';
