/** OpAmpSurvey -> Document: the op amps of the circuit, then the definitions and how they were told. */

import type { PinRole } from '../../grammar/directive/tree.ts';
import { placeOf } from '../../grammar/source.ts';
import type { OpAmpSurvey, SurveyedSubcircuit } from '../circuit/recognition/survey.ts';
import type { Block, Column, Document } from './document.ts';

const SIGNS: Readonly<Record<PinRole, string>> = {
  plus: '+',
  minus: '-',
  positiveSupply: 'V+',
  negativeSupply: 'V-',
  output: 'out',
  other: '.',
};

/** Where solving a definition contradicts its text, or does not tell. */
const ABOUT_SOLVING: ReadonlySet<string> = new Set([
  'ambiguous_pins',
  'pins_contradicted',
  'pins_not_solved',
]);

export function opAmpsDocument(survey: OpAmpSurvey): Document {
  const { file, title, subcircuits, instances } = survey;
  const plain = title.replace(/^[\s*]+/, '').trim();
  const blocks: Block[] = [{ kind: 'title', text: plain === '' ? file : `${file}: ${plain}` }];
  if (instances.length > 0) {
    blocks.push({ kind: 'heading', text: 'Op amps of the circuit' });
    blocks.push({
      kind: 'table',
      columns: columns('name', 'part', '+', '-', 'out', 'V+', 'V-', 'how it is known'),
      rows: instances.map(({ name, part, nodes, evidence }) => [
        name,
        part,
        nodes.plus,
        nodes.minus,
        nodes.output,
        nodes.positiveSupply ?? '',
        nodes.negativeSupply ?? '',
        evidence,
      ]),
    });
  }
  const recognised = subcircuits.filter(({ recognition }) => recognition !== undefined);
  if (recognised.length > 0) {
    blocks.push({ kind: 'heading', text: 'Subcircuits with the pins of an op amp' });
    blocks.push({
      kind: 'table',
      columns: columns('name', 'kind', 'ports and roles', 'how it is known'),
      rows: recognised.map(subcircuitRow),
    });
    blocks.push({
      kind: 'paragraph',
      text: 'Roles: + - inputs, V+ V- supplies, out, . another pin.',
    });
  }
  const others = subcircuits.filter(({ recognition }) => recognition === undefined);
  if (others.length > 0) {
    const names = others.map(({ definition }) => definition.name.text).join(', ');
    blocks.push({ kind: 'paragraph', text: `No op amps, or their pins cannot be told: ${names}.` });
  }
  const warnings = survey.diagnostics.filter(({ code }) => ABOUT_SOLVING.has(code));
  if (warnings.length > 0) {
    const items = warnings.map(({ message, span }) => {
      const { line } = placeOf(span);
      return `Warning, line ${line}: ${message}`;
    });
    blocks.push({ kind: 'list', items });
  }
  if (instances.length + subcircuits.length === 0) {
    blocks.push({
      kind: 'paragraph',
      text: 'No op amp was recognised in it, and it defines no subcircuit.',
    });
  }
  return blocks;
}

function subcircuitRow({ definition, recognition, replaced }: SurveyedSubcircuit): string[] {
  const channels = recognition?.channels.length ?? 1;
  const kind = recognition?.kind ?? '';
  return [
    definition.name.text,
    `${channels > 1 ? `${channels} ` : ''}${kind}${kind === 'op amp' && !replaced ? ', as written' : ''}`,
    definition.ports
      .map(({ text }, port) => `${text}=${SIGNS[recognition?.roles[port] ?? 'other']}`)
      .join(' '),
    recognition?.evidence ?? '',
  ];
}

function columns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, align: 'left' }));
}
