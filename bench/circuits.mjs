// The circuits that are measured, as netlist text.

/** AN1177 Example 2: the non-inverting amplifier with gain +10 V/V of Fig. 14. */
export const EXAMPLE_2 = `AN1177 Example 2: non-inverting amplifier, gain +10 V/V
VDD vdd 0 5.5
VIN in 0 0.1
R1 in p 2.00k
R2 m 0 2.21k
R3 out m 20.0k
XU1 p m vdd 0 out MCP601
.subckt MCP601 inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends
*@ opamp XU1 vos=+-3.8m ib=5n ios=+-1n
*@ output V(out)
*@ input VIN
*@ expect GN(XU1) = 1 + R3/R2
.end
`;

/** side x side nodes joined by 1 kOhm, driven at one corner and loaded at the other: 2 side (side - 1) + 1 resistors. */
export function grid(side) {
  const cards = ['V1 n0_0 0 1', `R0 n${side - 1}_${side - 1} 0 1k`];
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      if (j + 1 < side) cards.push(`R${cards.length} n${i}_${j} n${i}_${j + 1} 1k`);
      if (i + 1 < side) cards.push(`R${cards.length} n${i}_${j} n${i + 1}_${j} 1k`);
    }
  }
  return deck(`Grid of ${side} x ${side} nodes`, [...cards, '.op']);
}

/** Resistors in series across one source; no analysis. */
export function chain(resistors) {
  const cards = ['V1 n0 0 1', `R${resistors} n${resistors - 1} 0 1k`];
  for (let i = 1; i < resistors; i++) cards.push(`R${i} n${i - 1} n${i} 1k`);
  return deck(`Chain of ${resistors} resistors`, cards);
}

function deck(title, cards) {
  return `${[title, ...cards, '.end'].join('\n')}\n`;
}
