/**
 * The limit of I_B or I_OS over the temperatures of a circuit: that of a row that covers them, or the union of
 * the limits at both ends and at every row between. Between two rows log |I| is linear in T; beyond the
 * last row the law of the input stage extends the limit where the current grows, and keeps it where it falls.
 */

import { currentLaw, currentRatio } from './bias-current-law.ts';
import {
  atSupply,
  type Choice,
  chosen,
  covers,
  limitRows,
  missingText,
  type Remark,
  type Surroundings,
} from './choice.ts';
import { guaranteed, limitText, magnitude, QUANTITY_TITLES, temperatureText } from './limit.ts';
import type { Interval, Part, Row } from './part.ts';

/** Undefined when no row limits the current. */
export function chosenCurrent(
  part: Part,
  { quantity, surroundings }: { quantity: 'ib' | 'ios'; surroundings: Surroundings },
): Choice | undefined {
  const all = limitRows(part, quantity);
  const { temperature } = surroundings;
  if (all.length === 0) return undefined;
  if (all.some((row) => covers(row, temperature))) return chosen(part, { quantity, surroundings });
  const { rows, remarks } = atSupply(all, surroundings);
  const ends = [...new Set([temperature.low, temperature.high])];
  const between = rows.flatMap(({ conditions: { temperature: at } }) =>
    [at.low, at.high].filter((end) => temperature.low < end && end < temperature.high),
  );
  const found = [...ends, ...between].map((at) => limitAt(at, { part, rows }));
  return {
    limit: {
      low: Math.min(...found.map(({ limit }) => limit.low)),
      high: Math.max(...found.map(({ limit }) => limit.high)),
    },
    rows: [...new Set(found.flatMap((choice) => choice.rows))],
    remarks: [...found.flatMap((choice) => choice.remarks), ...remarks],
  };
}

/** The limit at one temperature [A]; there is at least one row. */
function limitAt(at: number, { part, rows }: { part: Part; rows: readonly Row[] }): Choice {
  const here = rows.filter((row) => covers(row, { low: at, high: at }));
  const below = nearest(rows.filter(({ conditions: { temperature } }) => temperature.high < at));
  const above = nearest(rows.filter(({ conditions: { temperature } }) => temperature.low > at));
  const [row] = here.sort((a, b) => width(a) - width(b) || size(b) - size(a));
  if (row !== undefined) return { limit: limitOf(row), rows: [row], remarks: [] };
  if (below !== undefined && above !== undefined) return interpolated(at, { below, above });
  const only = below ?? above;
  if (only === undefined) throw new Error(`"${part.name}" has no limit to extend.`);
  return extended(at, { part, row: only });

  function nearest(side: readonly Row[]): Row | undefined {
    const distance = ({ conditions: { temperature } }: Row) =>
      Math.max(temperature.low - at, at - temperature.high);
    return [...side].sort((a, b) => distance(a) - distance(b) || size(b) - size(a))[0];
  }
}

function interpolated(at: number, { below, above }: { below: Row; above: Row }): Choice {
  const from = below.conditions.temperature.high;
  const to = above.conditions.temperature.low;
  const weight = (at - from) / (to - from);
  const [start, end] = [limitOf(below), limitOf(above)];
  // log-linear: |I| = |I1|^(1 - w) |I2|^w; an end of the interval that is 0 stays 0
  const between = (a: number, b: number) =>
    Math.sign(a) * Math.abs(a) ** (1 - weight) * Math.abs(b) ** weight;
  return {
    limit: { low: between(start.low, end.low) + 0, high: between(start.high, end.high) + 0 },
    rows: [below, above],
    remarks: [
      {
        severity: 'info',
        code: 'interpolated_current',
        message: `the limit of ${QUANTITY_TITLES[below.quantity]} at ${at} °C is log-linear between those at ${from} °C (${limitText(below)}) and ${to} °C (${limitText(above)}).`,
      },
    ],
  };
}

function extended(at: number, { part, row }: { part: Part; row: Row }): Choice {
  const { temperature } = row.conditions;
  const warmer = at > temperature.high;
  const from = warmer ? temperature.high : temperature.low;
  const law = currentLaw(part.input);
  const title = QUANTITY_TITLES[row.quantity];
  const limit = limitOf(row);
  const told = (severity: Remark['severity'], code: string, message: string): Remark[] => [
    { severity, code, message },
  ];
  const missing = missingText(part, { row, temperature: { low: at, high: at } });
  const stated = `${limitText(row)} at ${temperatureText(temperature)}`;
  if (law === null) {
    const message = `${missing}; the limit ${stated} is used, and no law tells how it changes.`;
    return { limit, rows: [row], remarks: told('warning', 'limit_beyond_temperature', message) };
  }
  if (warmer !== (law.grows === 'with temperature')) {
    const message = `${missing}; ${stated} is used: ${title} is smaller at ${at} °C (${law.name}).`;
    return { limit, rows: [row], remarks: told('info', 'limit_beyond_temperature', message) };
  }
  const ratio = currentRatio(law, { from, to: at });
  const message = `${missing}; the limit ${stated} is extrapolated by the factor ${Number(ratio.toPrecision(3))}: ${law.name}.`;
  return {
    limit: { low: limit.low * ratio, high: limit.high * ratio },
    rows: [row],
    remarks: told('warning', 'extrapolated_current', message),
  };
}

function limitOf(row: Row): Interval {
  return guaranteed(row) ?? { low: 0, high: 0 };
}

function size(row: Row): number {
  return magnitude(limitOf(row));
}

function width({ conditions: { temperature } }: Row): number {
  return temperature.high - temperature.low;
}
