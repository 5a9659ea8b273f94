/** A part -> its element lines, whatever it is. */

import { type Component, field } from './board.ts';
import { type CardContext, elementName, leaveOut } from './card.ts';
import { modelType } from './libraries.ts';
import { opAmpsOf } from './op-amps.ts';
import {
  writeControlled,
  writePassive,
  writePotentiometer,
  writeShort,
  writeSource,
} from './passives.ts';
import { writeSemiconductor } from './semiconductors.ts';
import { isSimulated, type Simulation, simulationOf } from './simulation.ts';
import { writeInstance } from './subcircuits.ts';
import { unused } from './unused.ts';

const NOT_PLACED = /^(?:dnp|dnf|dni|dns|nf|nm|no ?pop|n\/a|nc|not (?:fitted|placed|populated))$/i;

export function writeComponent(component: Component, context: CardContext): void {
  const { value, symbol } = component;
  if (!component.isPopulated || NOT_PLACED.test(value.text.trim())) {
    leaveOut(component, 'are not populated', context);
    return;
  }
  if (!isSimulated(component)) {
    leaveOut(component, 'are excluded from simulation', context);
    return;
  }
  if (opAmpsOf(component).length > 0) {
    writeOpAmps(component, context);
    return;
  }
  const simulation = simulationOf(component);
  const letter = simulation.device ?? letterOf(component);
  if (/^[RCL]$/.test(letter)) writePassive(component, letter, context);
  else if (/^[VI]$/.test(letter)) writeSource(component, letter, context);
  else if (/^[EG]$/.test(letter)) writeControlled(component, letter, context);
  else if (letter === 'POT') writePotentiometer(component, context);
  else if (letter === 'SHORT') writeShort(component, context);
  else if (letter === 'SUBCKT') writeModelled(component, simulation, context);
  else if (/^(?:D|[NP]?[QMJ]|NPN|PNP|[NP]MOS|[NP]JFET)$/.test(letter))
    writeSemiconductor(component, { letter, simulation, context });
  else leaveOut(component, whyNone(symbol), context);
}

/** A library holds a subcircuit of the name, or a model of a diode or transistor. */
function writeModelled(component: Component, simulation: Simulation, context: CardContext): void {
  const { library, model } = simulation;
  const source = library && context.libraries.include(library);
  const type = source && model && modelType(source.text, model.text);
  const letter = type && OF_TYPE[type];
  if (letter) writeSemiconductor(component, { letter, simulation, context });
  else writeInstance(component, simulation, context);
}

/** What KiCad calls the devices of SPICE's models. */
const OF_TYPE: Readonly<Record<string, string>> = {
  D: 'D',
  NPN: 'NPN',
  PNP: 'PNP',
  NMOS: 'NMOS',
  PMOS: 'PMOS',
  NJF: 'NJFET',
  PJF: 'PJFET',
};

function whyNone(symbol: string): string {
  return /conn|jack|header|mechanical|mounting|testpoint|graphic|logo|fiducial|jumper/i.test(symbol)
    ? 'are connectors, jumpers or mechanical'
    : 'have no model';
}

const SHORT = /nettie|net_tie|ferrite|^device:(?:poly)?fuse|jumper.*(?:bridged|closed)/i;

/** References of connectors, switches and integrated circuits that begin with the letter of an element. */
const NO_LETTER = /^(?:con|cn|ic|ls|rel|rly)/i;

/** By the symbol, else by the reference, which is how KiCad infers it. */
function letterOf({ symbol, reference, pins }: Component): string {
  if (SHORT.test(symbol) && pins.length === 2) return 'SHORT';
  if (/potentiometer|:pot$|trimmer/i.test(symbol) && pins.length === 3) return 'POT';
  if (/^device:battery/i.test(symbol) && pins.length === 2) return 'V';
  // A part of a module is called M1:R1.
  const [, letters = ''] = /^(?:.*:)?([a-z]+)/i.exec(reference.text) ?? [];
  if (/^led/i.test(letters)) return 'D';
  if (NO_LETTER.test(letters)) return '';
  const [letter = ''] = letters.toUpperCase();
  if (/^[RCLVI]/.test(letter)) return pins.length === 2 ? letter : '';
  return /^[DQ]$/i.test(letters) ? letter : '';
}

/** Each op amp is an instance of its part, with the roles of its pins behind it. */
function writeOpAmps(component: Component, context: CardContext): void {
  const { text, node, names, opAmps } = context;
  const { reference, value, span } = component;
  const part = partName(component);
  if (field(component, 'Sim.Name')?.text === 'kicad_builtin_opamp') {
    const message = `The simulation parameters of ${reference.text} are not read: its errors are those of a directive or of its part.`;
    const hint = `Write a text on the sheet: @opamp ${reference.text} aol=100k vos=+-1m`;
    context.diagnostics.warning('op_amp_parameters', reference.span, message, hint);
  }
  for (const { name, plus, minus, output, supplies } of opAmpsOf(component)) {
    opAmps.add(name);
    const element = elementName('X', { text: name, span: reference.span });
    text.add(unused(element, names), reference.span);
    const nets = supplies
      ? [plus, minus, supplies.positive, supplies.negative, output]
      : [plus, minus, output];
    for (const net of nets) text.add(` ${node(net)}`, span);
    const roles = supplies ? '+)-)V+)V-)OUT' : '+)-)OUT';
    text.add(` ${part}`, value.span).add(` ;\u00a7pnba ${roles}\n`, span);
  }
}

/** Its value, the name of the part; where that is no name, its symbol's. */
function partName({ value, symbol }: Component): string {
  const [word = ''] = value.text.trim().split(/[\s(){}[\],;*'"\\]+/);
  return word === '' || word === '~' || /[=$]/.test(word) ? symbol.replace(/^.*:/, '') : word;
}
