/** The behavioural input stage of the op amp models that come with LTspice. */

import type { Pin } from './pins.ts';
import { type Heuristic, sameName } from './reading.ts';

/** `A1 inv noninv 0 0 0 0 x 0 OTA ...`: the amplifier cell with the two inputs at its first pins. */
const OTA = /^[ \t]*a\S*[ \t]+(\S+)[ \t]+(\S+)(?:[ \t]+\S+){6}[ \t]+ota\b/gim;
/** `B1 0 n I=k*dnlim(uplim(V(in),V(pos)-..),V(neg)+..)`: the current of an input limited by the rails. */
const LIMITED =
  /^[ \t]*b\S*[ \t]+(\S+)[ \t]+(\S+)[ \t]+i[ \t]*=[^\r\n]{0,40}?dnlim\(uplim\(v\((\w+)\)[ \t]*,[ \t]*v\((\w+)\)[^,\r\n]*,[^,\r\n]*\)[ \t]*,[ \t]*v\((\w+)\)/gim;

/**
 * The input stage of LTspice's behavioural models. It names the inputs (OTA cell) or the inputs and both
 * supplies (limited currents of opposite sign into one node); of five ports, the last is the output.
 */
export const ltspiceStructure: Heuristic = ({ ports, body, line }) => {
  const index = (name: string | undefined) =>
    name === undefined ? -1 : ports.findIndex((port) => sameName(port, name));
  const stages = [...body.matchAll(LIMITED)].map(([, from, to, input, high, low]) => ({
    sign: from === '0' ? 1 : to === '0' ? -1 : 0,
    node: from === '0' ? to : from,
    input: index(input),
    high: index(high),
    low: index(low),
  }));
  const [one, other] = [stages.find(({ sign }) => sign > 0), stages.find(({ sign }) => sign < 0)];
  if (one === undefined || other === undefined || ports.length !== 5) return undefined;
  const cell = [...body.matchAll(OTA)]
    .map(([, minus, plus]) => ({ minus: index(minus), plus: index(plus) }))
    .find(({ minus, plus }) => minus >= 0 && plus >= 0);
  const consistent =
    one.node === other.node &&
    one.high === other.high &&
    one.low === other.low &&
    (cell === undefined || (cell.plus === one.input && cell.minus === other.input));
  const used = [one.input, other.input, one.high, one.low];
  if (!consistent || used.includes(-1) || new Set(used).size !== 4) return undefined;
  const roles: readonly Pin['role'][] = ['plus', 'minus', 'positiveSupply', 'negativeSupply'];
  const pins = ports.map((_, port): Pin => ({ role: roles[used.indexOf(port)] ?? 'output' }));
  return { pins, from: 'the input stage of an LTspice model', line };
};
