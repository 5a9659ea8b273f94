/** What an engineer should be told about a result beside its numbers; as diagnostics at the card concerned. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { LinearCircuit } from '../circuit/circuit.ts';
import type { CircuitAnalysis } from './circuit-analysis.ts';
import type { OpAmpAnalysis } from './op-amp-analysis.ts';

/** A solution that is known better than this is right to the last bit of a double. */
const ROUNDING = 2 ** -53;

/** Decimal digits that a relative error leaves certain. */
function certainDigits(error: number): number {
  return error <= ROUNDING ? 15 : Math.max(1, Math.floor(-Math.log10(error)));
}

export function adviseOn(
  result: CircuitAnalysis,
  { circuit, diagnostics }: { circuit: LinearCircuit; diagnostics: Diagnostics },
): void {
  const anywhere = circuit.elements[0]?.span;
  for (const fault of result.faults) {
    const span = fault.element?.span ?? anywhere;
    // Without DC feedback much can still be told; without a path or with a conflict nothing can.
    const report = fault.status === 'no_dc_feedback' ? 'warning' : 'error';
    if (span !== undefined) diagnostics[report](fault.status, span, fault.message, fault.hint);
  }
  if (result.status === 'unstable_dc') adviseOnLatch(result, { diagnostics, anywhere });
  else if (result.stability?.notP0 && anywhere !== undefined) {
    diagnostics.warning(
      'not_P0',
      result.opAmps[0]?.opAmp.span ?? anywhere,
      'DC stability rests on the op amps acting together: for some ratio of their speeds the circuit oscillates or latches.',
      'Check the loop with the gain-bandwidth products of the parts.',
    );
  }
  if (result.precision > ROUNDING && anywhere !== undefined) {
    diagnostics.warning(
      'limited_accuracy',
      anywhere,
      `The element values span so wide a range that only ${certainDigits(result.precision)} digits are certain.`,
    );
  }
  for (const opAmp of result.opAmps) adviseOnOpAmp(opAmp, { circuit, diagnostics });
}

function adviseOnLatch(
  result: CircuitAnalysis,
  { diagnostics, anywhere }: { diagnostics: Diagnostics; anywhere: Span | undefined },
): void {
  const culprit =
    result.opAmps.find(({ noiseGain }) => noiseGain !== null && noiseGain < 0) ?? result.opAmps[0];
  const span = culprit?.opAmp.span ?? anywhere;
  if (span === undefined) return;
  diagnostics.warning(
    'unstable_dc',
    span,
    `The net feedback is positive${culprit === undefined ? '' : ` around "${culprit.opAmp.name}"`}: the circuit latches at a supply rail, and the figures describe an equilibrium it leaves at once.`,
    'Are the inputs swapped? A comparator with hysteresis is meant to behave so.',
  );
}

function adviseOnOpAmp(
  { opAmp, noiseGain, biasPoint, voltages, terms }: OpAmpAnalysis,
  { circuit, diagnostics }: { circuit: LinearCircuit; diagnostics: Diagnostics },
): void {
  const { specification, span, name } = opAmp;
  if (noiseGain === 0) {
    diagnostics.info(
      'own_GN_zero',
      span,
      `The offset of "${name}" does not move its own output: the loop around it is closed by other op amps (own noise gain 0).`,
    );
  } else if (noiseGain !== null && noiseGain < 0) {
    diagnostics.info(
      'own_GN_negative',
      span,
      `The own noise gain of "${name}" is negative (${noiseGain}).`,
    );
  }
  const drifts = specification.drift.low !== 0 || specification.drift.high !== 0;
  if (drifts && specification.temperatureStep === undefined && circuit.temperature === null) {
    diagnostics.warning(
      'no_temperature',
      span,
      `"${name}" has a drift but the netlist states no temperature; the drift term is 0.`,
      'Write *@ temp 25 -40..125, or dt=60 in the directive.',
    );
  }
  if (terms === null || biasPoint === null || voltages === null) return;
  if (circuit.ranges.deltas === 'half-range') return;
  const rests: string[] = [];
  const { stated } = specification;
  if (stated.includes('aol') && !stated.includes('vout0') && voltages.output !== 0)
    rests.push('V_OUT0 = 0 V (A_OL)');
  if (stated.includes('cmrr') && !stated.includes('vcm0') && voltages.commonMode !== 0)
    rests.push('V_CM0 = 0 V (CMRR)');
  if (rests.length > 0) {
    diagnostics.info(
      'default_bias_point',
      span,
      `Terms of "${name}" count from a default bias point: ${rests.join(', ')}.`,
      "State the data sheet's bias point with vout0= and vcm0=.",
    );
  }
}
