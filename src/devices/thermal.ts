/** Temperature of a device and what follows from it alone. */

import type { DeviceData, Values } from './device.ts';

// CODATA 2014, as in ngspice. With the values of 2019 kT/q differs by 3.4e-7, and a current at 1 V by 1.3e-5.
const BOLTZMANN = 1.38064852e-23; // [J/K]
export const ELEMENTARY_CHARGE = 1.6021766208e-19; // [C]
const ZERO_CELSIUS = 273.15; // [K]

/** 27 deg C, where SPICE's material constants hold [K]. */
export const NOMINAL_KELVIN = 300.15;

/** The temperature of an instance against the one its model parameters hold at. */
export interface Warmth {
  /** [K] */
  readonly temperature: number;
  /** [K] */
  readonly nominal: number;
  /** T / Tnom */
  readonly ratio: number;
  /** T - Tnom [K] */
  readonly rise: number;
  /** kT/q [V] */
  readonly thermalVoltage: number;
  /** kTnom/q [V] */
  readonly nominalThermalVoltage: number;
}

/** `temp` of the instance beats the circuit's temperature with `dtemp`; `tnom` (`tref`) the circuit's nominal one. */
export function warmthOf(data: DeviceData): Warmth {
  const { model, instance } = data;
  const celsius = instance.get('temp') ?? data.temperature + (instance.get('dtemp') ?? 0);
  const nominalCelsius = model.get('tnom') ?? model.get('tref') ?? data.nominalTemperature;
  const temperature = celsius + ZERO_CELSIUS;
  const nominal = nominalCelsius + ZERO_CELSIUS;
  return {
    temperature,
    nominal,
    ratio: temperature / nominal,
    rise: temperature - nominal,
    thermalVoltage: thermalVoltage(temperature),
    nominalThermalVoltage: thermalVoltage(nominal),
  };
}

/** kT/q [V] of T [K]. */
export function thermalVoltage(temperature: number): number {
  return (BOLTZMANN * temperature) / ELEMENTARY_CHARGE;
}

/** Of a saturation current. */
export interface BandGap {
  /** EG [eV] */
  readonly energy: number;
  /** XTI */
  readonly exponent: number;
  /** N; 1 where the transport current has it. */
  readonly emission: number;
}

/** ln (IS(T) / IS(Tnom)) = ((T/Tnom - 1) EG/Vt + XTI ln (T/Tnom)) / N // SPICE2 (Nagel, Vladimirescu) */
export function saturationGrowth(warmth: Warmth, { energy, exponent, emission }: BandGap): number {
  const { ratio, thermalVoltage: Vt } = warmth;
  return (((ratio - 1) * energy) / Vt + exponent * Math.log(ratio)) / emission;
}

/** 1 + c1 dT + c2 dT^2 with coefficients by name, 0 unless stated [1/K, 1/K^2]. */
export function polynomial(model: Values, names: readonly [string, string], rise: number): number {
  const [first, second] = names.map((name) => model.get(name) ?? 0);
  return 1 + (first ?? 0) * rise + (second ?? 0) * rise ** 2;
}
