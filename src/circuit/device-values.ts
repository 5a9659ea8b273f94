/** The numbers that model and device cards state: known parameters evaluated, others reported. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Assignment } from '../../grammar/spice/tree.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import type { DeviceKind } from '../devices/device.ts';
import type { PlacedModel } from './level.ts';
import type { Place } from './place.ts';
import type { Scope } from './scope.ts';

/** Tolerances and words of documentation, which any model of any dialect may carry. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'dev',
  'lot',
  'mfg',
  'type',
  'vceo',
  'icrating',
  'iave',
  'vpk',
  'vds',
  'ron',
  'qg',
]);

/**
 * The first value of every known parameter, in lower case. Parameters without effect at DC are not
 * evaluated; unknown ones are a warning.
 */
export function statedValues(
  parameters: readonly Assignment[],
  {
    known,
    scope,
    diagnostics,
    owner,
  }: {
    readonly known: DeviceKind['parameters'];
    readonly scope: Scope;
    readonly diagnostics: Diagnostics;
    readonly owner: string;
  },
): Map<string, number> {
  const values = new Map<string, number>();
  for (const { key, value } of parameters) {
    const name = key.text.toLowerCase();
    if (known.used.has(name)) {
      if (!values.has(name)) values.set(name, scope.evaluate(value));
      continue;
    }
    if (known.inert.has(name) || EVERYWHERE.has(name.replace(/\/.*$/, ''))) continue;
    diagnostics.warning(
      'unknown_parameter',
      key.span,
      `${owner} states "${key.text}", which its device does not have${didYouMean(name, known.used)}; it is left out.`,
    );
  }
  return values;
}

export function modelValues(
  { card, parameters, scope }: PlacedModel,
  { kind, place }: { readonly kind: Pick<DeviceKind, 'parameters'>; readonly place: Place },
): ReadonlyMap<string, number> {
  const owner = `Model "${card.name.text}"`;
  const { diagnostics } = place;
  return statedValues(parameters, { known: kind.parameters, scope, diagnostics, owner });
}
