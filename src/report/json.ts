/** Analysis -> the object of `analyze --json`: schema nullor/analysis/1. SI units; null where a value does not exist. */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { placeOf } from '../../grammar/source.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { DeviceBias } from '../analysis/device-bias.ts';
import type { Gains } from '../analysis/gains.ts';
import type { OpAmpAnalysis } from '../analysis/op-amp-analysis.ts';
import type { Analysis } from '../analyze.ts';
import { calibrationJson } from './calibration-tables.ts';
import type { CheckReport } from './check-document.ts';
import { extremesJson } from './extremes-json.ts';
import { limitsJson } from './limit-tables.ts';
import { monteCarloJson } from './monte-carlo-json.ts';
import { record } from './record.ts';

export const ANALYSIS_SCHEMA = 'nullor/analysis/1';

export function analysisJson(analysis: Analysis): Record<string, unknown> {
  const { title, file, status, circuit, result, crossCheck, diagnostics } = analysis;
  return {
    schema: ANALYSIS_SCHEMA,
    title,
    file,
    status,
    output: circuit.output?.label ?? null,
    input: result?.input?.label ?? circuit.input?.label ?? null,
    diagnostics: diagnostics.map(diagnosticJson),
    ...(result === null ? NO_RESULT : resultJson(result)),
    crossCheck,
  };
}

export function diagnosticJson({ severity, code, message, span, hint }: Diagnostic) {
  const { file, line, column } = placeOf(span);
  return {
    severity,
    code,
    message,
    file,
    line,
    column,
    ...(hint === undefined ? {} : { hint }),
  };
}

const NO_RESULT = {
  operatingPoint: null,
  ideal: null,
  gains: null,
  finiteGains: null,
  opAmps: {},
  error: null,
  budget: null,
  extremes: null,
  errorExtremes: null,
  calibration: null,
  advice: {},
  sensitivities: [],
  monteCarlo: null,
  devices: {},
};

function resultJson(result: CircuitAnalysis): Record<string, unknown> {
  const { operatingPoint, ideal, gains, finiteGains, opAmps, error, budget, thevenin } = result;
  return {
    operatingPoint,
    ideal,
    gains: gainsJson(gains),
    finiteGains: gainsJson(finiteGains),
    opAmps: record(
      opAmps.map((found) => [
        found.opAmp.name,
        {
          ...opAmpJson(found),
          swings: result.swings.get(found.opAmp) ?? null,
          limits: limitsJson(result.limits.get(found.opAmp)),
        },
      ]),
    ),
    deltas: result.circuit.ranges.deltas,
    error,
    budget,
    extremes: result.extremes === null ? null : extremesJson(result.extremes),
    errorExtremes: result.errorExtremes === null ? null : extremesJson(result.errorExtremes),
    calibration: calibrationJson(result.calibration),
    advice: record(result.advice.map(({ opAmp, ...advice }) => [opAmp, advice])),
    sensitivities: result.sensitivities,
    monteCarlo: result.statistics === null ? null : monteCarloJson(result.statistics),
    devices: devicesJson(result.devices),
    ...(thevenin.length === 0 ? {} : { thevenin }),
  };
}

/** The non-linear elements at the operating point, by name. */
export function devicesJson(devices: readonly DeviceBias[]): Record<string, unknown> {
  return record(
    devices.map(({ name, terminals, ...device }) => [
      name,
      { ...device, terminals: record(terminals.map(({ role, ...terminal }) => [role, terminal])) },
    ]),
  );
}

function gainsJson(gains: Gains | null): Record<string, number> | null {
  if (gains === null) return null;
  return record([...gains.sources].map(([source, gain]) => [source.name, gain]));
}

function opAmpJson(found: OpAmpAnalysis) {
  const {
    opAmp,
    noiseGain,
    noiseGainToOutput,
    resistance,
    transresistance,
    feedback,
    voltages,
    terms,
  } = found;
  return {
    part: opAmp.part,
    evidence: opAmp.evidence,
    noiseGain,
    noiseGainToOutput,
    resistance,
    transresistance,
    feedback,
    inputs:
      voltages === null
        ? null
        : { plus: voltages.plus, minus: voltages.minus, commonMode: voltages.commonMode },
    outputVoltage: voltages?.output ?? null,
    terms,
  };
}

export const CHECK_SCHEMA = 'nullor/check/1';

/** The object of `check --json` for one file. */
export function checkJson(
  { file, title, status, expectations, crossCheck, sheets }: CheckReport,
  diagnostics: readonly Diagnostic[],
): Record<string, unknown> {
  const passed = expectations.filter(({ passes }) => passes).length;
  return {
    schema: CHECK_SCHEMA,
    file,
    title,
    status,
    passed,
    failed: expectations.length - passed,
    expectations,
    ...(sheets.length === 0 ? {} : { sheets: sheets.map(({ diagnostics: _, ...sheet }) => sheet) }),
    crossCheck,
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
