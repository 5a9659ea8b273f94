/** The netlist that KiCad exports (`.net`, S-expressions) -> its parts and nets. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';
import type { List } from './expression.ts';
import { readExpression } from './read.ts';
import type { Fields } from './tree.ts';

export interface ExportedNetlist {
  readonly parts: readonly ExportedPart[];
  readonly nets: readonly ExportedNet[];
}

export interface ExportedPart {
  readonly reference: Word;
  readonly value: Word;
  /** `Device:R` */
  readonly symbol: string;
  readonly fields: Fields;
  readonly isPopulated: boolean;
  readonly isSimulated: boolean;
  /** Unit of each pin, counted from 1, by pin number; empty before KiCad 10. */
  readonly units: ReadonlyMap<string, number>;
  readonly span: Span;
}

export interface ExportedNet {
  readonly name: Word;
  readonly pins: readonly {
    readonly reference: string;
    readonly number: string;
    readonly name: string;
    readonly type: string;
  }[];
}

export function parseKicadNetlist(source: Source, diagnostics: Diagnostics): ExportedNetlist {
  const top = readExpression(source, diagnostics);
  const listed = top?.list('components')?.lists('comp') ?? [];
  const parts = listed.flatMap((part) => partOf(part) ?? []);
  const symbols = new Map(parts.map(({ reference, symbol }) => [reference.text, symbol]));
  const library = libraryPins(top?.list('libparts'));
  const nets = (top?.list('nets')?.lists('net') ?? []).flatMap((net) => {
    const name = net.value('name');
    if (name === undefined) return [];
    const pins = net.lists('node').map((node) => {
      const reference = node.value('ref')?.text ?? '';
      const number = node.value('pin')?.text ?? '';
      const known = library.get(`${symbols.get(reference)} ${number}`);
      return {
        reference,
        number,
        // What the net says of a pin ends in its number where several pins have the name.
        name: known?.name ?? node.value('pinfunction')?.text ?? '',
        type: known?.type ?? node.value('pintype')?.text ?? '',
      };
    });
    return [{ name, pins }];
  });
  return { parts, nets };
}

function partOf(part: List): ExportedPart | undefined {
  const reference = part.value('ref');
  if (reference === undefined) return undefined;
  const fields = new Map<string, Word>();
  for (const field of part.list('fields')?.lists('field') ?? []) {
    const [name, value] = [field.value('name'), field.atom(2)];
    if (name !== undefined && value !== undefined) fields.set(name.text, value);
  }
  const properties = new Map(
    part.lists('property').map((property) => [property.value('name')?.text ?? '', property]),
  );
  for (const [name, property] of properties) {
    const value = property.value('value');
    if (value !== undefined) fields.set(name, value);
  }
  const library = part.list('libsource');
  const units = part.list('units')?.lists('unit') ?? [];
  return {
    reference,
    value: part.value('value') ?? { text: '', span: reference.span },
    symbol: `${library?.value('lib')?.text ?? ''}:${library?.value('part')?.text ?? ''}`,
    fields,
    isPopulated: !properties.has('dnp'),
    isSimulated: !properties.has('exclude_from_sim'),
    units: new Map(
      units.flatMap((unit, index) =>
        (unit.list('pins')?.lists('pin') ?? []).map(
          (pin) => [pin.value('num')?.text ?? '', index + 1] as const,
        ),
      ),
    ),
    span: { ...part.span, end: part.list('ref')?.end ?? part.end },
  };
}

/** Names and types of pins by symbol and number. */
function libraryPins(
  list: List | undefined,
): ReadonlyMap<string, { readonly name: string; readonly type: string }> {
  return new Map(
    (list?.lists('libpart') ?? []).flatMap((part) =>
      (part.list('pins')?.lists('pin') ?? []).map((pin) => {
        const symbol = `${part.value('lib')?.text ?? ''}:${part.value('part')?.text ?? ''}`;
        const [name, type] = [pin.value('name')?.text ?? '', pin.value('type')?.text ?? ''];
        return [`${symbol} ${pin.value('num')?.text ?? ''}`, { name, type }] as const;
      }),
    ),
  );
}
