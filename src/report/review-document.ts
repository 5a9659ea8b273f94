/**
 * Analysis -> Document for a design review: the report with the results at a glance, the conditions and figures that
 * it rests on, and the netlist itself, so that nothing has to be looked up elsewhere.
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Analysis } from '../analyze.ts';
import { analysisDocument } from './analysis-document.ts';
import { conditionsSection } from './conditions-table.ts';
import type { Block, Document } from './document.ts';
import { keyFigures } from './key-figures.ts';
import { specificationTable } from './specification-table.ts';

/** A longer netlist is no reading matter [lines]. */
const LONGEST_LISTING = 400;

/** `drawing`: the schematic as SVG, of a circuit that was drawn. */
export function reviewDocument(analysis: Analysis, drawing: string | null = null): Document {
  const report = analysisDocument(analysis);
  const { result } = analysis;
  if (result === null) return report;
  const first = report.findIndex(({ kind }) => kind === 'heading');
  const head = first < 0 ? report.length : first;
  const [title, ...facts] = report.slice(0, head);
  return [
    ...(title === undefined ? [] : [title]),
    keyFigures(result, analysis),
    ...facts,
    ...(drawing === null
      ? []
      : [
          { kind: 'heading', text: 'Schematic' } as const,
          { kind: 'drawing', svg: drawing } as const,
        ]),
    ...conditionsSection(result.circuit),
    ...specificationTable(result),
    ...report.slice(head),
    ...listing(result),
  ];
}

/** The text to whose lines the notes refer. */
function listing({ circuit }: CircuitAnalysis): Block[] {
  const text = circuit.elements[0]?.span.source.text.trimEnd();
  if (text === undefined || text.split('\n').length > LONGEST_LISTING) return [];
  return [
    { kind: 'heading', text: 'Netlist' },
    { kind: 'listing', text },
  ];
}
