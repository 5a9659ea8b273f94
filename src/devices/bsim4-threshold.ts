/** The threshold voltage of BSIM4 and the slope of its weak inversion: BSIM4.8.0 manual, chapter 2 and section 3.2. */

import { Dual } from '../numeric/dual.ts';
import { type Bsim4Process, fadingAtZero, SILICON } from './bsim4-process.ts';
import { boundedExponential, fading, floored, onePlus, positivePart } from './bsim4-smooth.ts';

export interface Threshold {
  /** Vbseff, the body bias that counts [V]. */
  readonly body: Dual;
  /** (phi - Vbseff)^1/2 [V^1/2] */
  readonly root: Dual;
  /** Width of the depletion layer [m]. */
  readonly depletion: Dual;
  /** Vth [V] */
  readonly voltage: Dual;
  /** n: weak inversion grows by e in n kT/q. */
  readonly ideality: Dual;
}

export type ThresholdLaw = (vds: Dual, vbs: Dual) => Threshold;

export function thresholdLaw(process: Bsim4Process): ThresholdLaw {
  const { sized: p, geometry, phi, k1, k1ox, k2ox, coxe, thermalVoltage: Vt } = process;
  const { length, width } = geometry;
  const rootPhi = Math.sqrt(phi);
  const lateral = Math.sqrt(1 + p.lpeb / length);
  const barrier = process.builtIn - phi;
  const drainLength = process.lengthFactor * Math.sqrt(process.depletion);
  const drainFading = fadingAtZero(p.dsub, length / drainLength);
  const pocketDrive = p.dvtp5 + p.dvtp2 / length ** p.dvtp3;

  return (vds, vbs) => {
    const body = effectiveBody(vbs, process);
    const root = body.negated().plus(phi).squareRoot();
    const depletion = root.times(process.depletion / rootPhi);
    const ofChannel = depletion.squareRoot().times(process.lengthFactor);
    /** How the junctions' potential fades along `size` of a channel, with a coefficient of the body bias. */
    const fades = (size: number, byBody: number) =>
      fading(Dual.constant(size).over(ofChannel.times(onePlus(body.times(byBody)))));
    const short = fades(p.dvt1 * length, p.dvt2);
    const narrow = fades(p.dvt1w * width * length, p.dvt2w);
    const doping = root
      .times(k1ox)
      .minus(k1 * rootPhi)
      .times(lateral)
      .minus(body.times(k2ox));
    const narrowing = body.times(p.k3b).plus(p.k3).times(process.narrowing);
    const barrierLowering = floored(body.times(p.etab).plus(p.eta0), 1e-4).times(vds);

    // n = 1 + (NFACTOR eps_si / Xdep + (CDSC + CDSCB Vbseff + CDSCD Vds) theta + CIT) / Coxe // 3.2.6
    const coupling = body.times(p.cdscb).plus(vds.times(p.cdscd)).plus(p.cdsc).times(short);
    const ideality = onePlus(
      Dual.constant(p.nfactor * SILICON)
        .over(depletion)
        .plus(coupling)
        .plus(p.cit)
        .over(coxe),
    );

    let voltage = doping
      .plus(process.vth0 + process.thresholdShift)
      .plus(body.times(p.kt2 * process.warmer))
      .plus(narrowing)
      .minus(short.times(p.dvt0 * barrier))
      .minus(narrow.times(p.dvt0w * barrier))
      .minus(barrierLowering.times(drainFading));
    if (p.dvtp0 > 0) {
      // Pockets: n kT/q ln (L + DVTP0 (1 + exp(-DVTP1 Vds))) / L // 2.2.5
      const pocket = boundedExponential(vds.times(-p.dvtp1))
        .plus(1)
        .times(p.dvtp0 / length)
        .plus(1);
      voltage = voltage.plus(ideality.times(pocket.logarithm()).times(Vt));
    }
    if (p.dvtp4 !== 0) {
      const tanh = Math.tanh(p.dvtp4 * vds.value);
      const drained = vds.mapped(tanh, p.dvtp4 * (1 - tanh ** 2));
      voltage = voltage.minus(drained.times(pocketDrive)); // 2.2.6
    }
    return { body, root, depletion, voltage, ideality };
  };
}

/** Vbs between the lowest body bias and 0.95 phi, with smooth ends // 2.3.9 */
function effectiveBody(vbs: Dual, { lowestBody, phi }: Bsim4Process): Dual {
  const above = positivePart(vbs.minus(lowestBody + 0.001), -0.004 * lowestBody).plus(lowestBody);
  const highest = 0.95 * phi;
  return positivePart(above.negated().plus(highest - 0.001), 0.004 * highest)
    .negated()
    .plus(highest);
}

/** Threshold without biases minus phi and K1 phi^1/2: the flat-band voltage of the tunnelling currents [V]. */
export function zeroBiasFlatBand(process: Bsim4Process): number {
  const { sized: p, geometry, phi, k1 } = process;
  const { length, width } = geometry;
  const channelLength = process.lengthFactor * Math.sqrt(process.depletion);
  const barrier = process.builtIn - phi;
  return (
    process.vth0 +
    process.thresholdShift +
    p.k3 * process.narrowing -
    p.dvt0 * fadingAtZero(p.dvt1, length / channelLength) * barrier -
    p.dvt0w * fadingAtZero(p.dvt1w, (width * length) / channelLength) * barrier -
    phi -
    k1 * Math.sqrt(phi)
  );
}
