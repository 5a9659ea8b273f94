// The circuits whose samples are counted, as data: nodes are names, `0` is ground, every resistor is off by up to 5 %.

/** @typedef {{ title: string, sources: [string, number][], resistors: [string, string, number][], opAmps: [string, string, string][] }} SampledCircuit */

/** @type {SampledCircuit} */
const DIFFERENCE_AMPLIFIER = {
  title: 'difference amplifier',
  sources: [
    ['p', 1.05],
    ['m', 0.95],
  ],
  resistors: [
    ['m', 'n', 1e3],
    ['n', 'out', 1e4],
    ['p', 'q', 1e3],
    ['q', '0', 1e4],
  ],
  opAmps: [['q', 'n', 'out']],
};

/** Eight stages, inverting and not, each with four resistors. @type {SampledCircuit} */
const CHAIN = {
  title: '32 resistors and 8 op amps',
  sources: [['s0', 0.5]],
  resistors: stages((k, before, after) =>
    k % 2 === 0
      ? [
          [before, `q${k}`, 1e3],
          [`q${k}`, '0', 3e3],
          [`n${k}`, '0', 1e4],
          [`n${k}`, after, 3.3e3],
        ]
      : [
          [before, `q${k}`, 1e3],
          [`q${k}`, '0', 3e3],
          [`q${k}`, `n${k}`, 2e3],
          [`n${k}`, after, 3.6e3],
        ],
  ),
  opAmps: stages((k, _before, after) => [[k % 2 === 0 ? `q${k}` : '0', `n${k}`, after]]),
};

export const CIRCUITS = { 'difference-amplifier': DIFFERENCE_AMPLIFIER, chain: CHAIN };

function stages(of) {
  return Array.from({ length: 8 }, (_, k) => of(k, `s${k}`, k === 7 ? 'out' : `s${k + 1}`)).flat();
}

/** For nullor: ideal op amps with offsets that do not vary. */
export function netlistOf({ title, sources, resistors, opAmps }) {
  return [
    title,
    ...sources.map(([node, value], k) => `V${k} ${node} 0 ${value}`),
    ...resistors.map(([a, b, value], k) => `R${k} ${a} ${b} ${value}`),
    ...opAmps.map(([plus, minus, output], k) => `XU${k} ${plus} ${minus} ${output} OPAMP`),
    '.subckt OPAMP p m o',
    'E1 o 0 p m 1e6',
    '.ends',
    '*@ output V(out)',
    '*@ tol R* 5%',
    '.end',
    '',
  ].join('\n');
}

/** For ngspice: `samples` times new resistances and an operating point, in its own loop. */
export function loopOf({ title, sources, resistors, opAmps }, samples) {
  return [
    title,
    ...sources.map(([node, value], k) => `V${k} ${node} 0 ${value}`),
    ...resistors.map(([a, b, value], k) => `R${k} ${a} ${b} ${value}`),
    ...opAmps.map(([plus, minus, output], k) => `E${k} ${output} 0 ${plus} ${minus} 1e6`),
    '.control',
    `repeat ${samples}`,
    ...resistors.map(([, , value], k) => `alter r${k} = ${value}*(1+0.05*sunif(0))`),
    'op',
    'destroy',
    'end',
    '.endc',
    '.op',
    '.end',
    '',
  ].join('\n');
}

/** The size of the nodal matrix, and a function that fills it and b with given resistances. */
export function matrixOf({ sources, resistors, opAmps }) {
  const nodes = [
    ...new Set([
      ...resistors.flatMap(([a, b, _value]) => [a, b]),
      ...opAmps.flat(),
      ...sources.map(([n]) => n),
    ]),
  ].filter((node) => node !== '0');
  const at = new Map(nodes.map((node, k) => [node, k]));
  const size = nodes.length + sources.length + opAmps.length;
  const fill = (A, b, values) => {
    const put = (row, column, value) => {
      if (row !== undefined && column !== undefined) A.set(row, column, A.get(row, column) + value);
    };
    A.mul(0);
    resistors.forEach(([first, second], k) => {
      const [i, j, g] = [at.get(first), at.get(second), 1 / values[k]];
      put(i, i, g);
      put(j, j, g);
      put(i, j, -g);
      put(j, i, -g);
    });
    sources.forEach(([node, value], k) => {
      const row = nodes.length + k;
      put(at.get(node), row, 1);
      put(row, at.get(node), 1);
      b.set(row, 0, value);
    });
    opAmps.forEach(([plus, minus, output], k) => {
      const row = nodes.length + sources.length + k;
      put(at.get(output), row, 1);
      put(row, at.get(plus), 1);
      put(row, at.get(minus), -1);
      put(row, at.get(output), -1e-6);
    });
  };
  return { size, output: at.get('out'), fill };
}
