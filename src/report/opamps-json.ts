/** OpAmpSurvey -> the object of `opamps --json`: schema nullor/opamps/1. */

import { placeOf } from '../../grammar/source.ts';
import type { OpAmpSurvey, SurveyedSubcircuit } from '../circuit/recognition/survey.ts';
import { diagnosticJson } from './json.ts';

export const OP_AMPS_SCHEMA = 'nullor/opamps/1';

export function opAmpsJson(survey: OpAmpSurvey): Record<string, unknown> {
  return {
    schema: OP_AMPS_SCHEMA,
    title: survey.title,
    file: survey.file,
    subcircuits: survey.subcircuits.map(subcircuitJson),
    instances: survey.instances,
    diagnostics: survey.diagnostics.map(diagnosticJson),
  };
}

function subcircuitJson({ definition, recognition, replaced }: SurveyedSubcircuit) {
  const { name, ports, span } = definition;
  const { file, line } = placeOf(span);
  return {
    name: name.text,
    ports: ports.map(({ text }) => text),
    // The pins of an op amp; a comparator and an amplifier with a gain of its own (`kind`) have them, too.
    opAmp: recognition !== undefined,
    kind: recognition?.kind ?? null,
    roles: recognition?.roles ?? ports.map(() => 'other'),
    evidence: recognition?.evidence ?? null,
    confirmed: recognition?.confirmed ?? false,
    replaced,
    channels: (recognition?.channels ?? []).map((roles) => ({ roles })),
    file,
    line,
  };
}
