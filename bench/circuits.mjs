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

/** A strain gauge bridge on a cable, three op amps, a buffered reference and a gain stage: 21 resistors of 1 %. */
export const BRIDGE = `Bridge, instrumentation amplifier and gain stage with 21 resistors of 1 %
VEX ex 0 5
RB1 ex1 a 350
RB2 a gnd1 351
RB3 ex1 b 351
RB4 b gnd1 350
RL1 ex ex1 2
RL2 gnd1 0 2
RL3 a ia 10
RL4 b ib 10
RI1 ia 0 1Meg
RI2 ib 0 1Meg
XU1 ia f1 o1 AMP
XU2 ib f2 o2 AMP
RG f1 f2 500
RF1 o1 f1 24.7k
RF2 o2 f2 24.7k
R1 o2 p3 10k
R2 p3 ref 10k
R3 o1 m3 10k
R4 m3 o3 10k
XU3 p3 m3 o3 AMP
RR1 ex rd 10k
RR2 rd 0 10k
XU4 rd ref ref AMP
XU5 o3 m5 out AMP
RS1 m5 ref 10k
RS2 out m5 10k
*@ opamp AMP pins=+,-,out vos=0
*@ tol R* 1%
*@ output V(out)
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

/**
 * A circuit with an op amp macromodel as vendors write them, of 12 + 26 sections lines: a head of comments with
 * the pins, subcircuits with parameters, VALUE and TABLE sources, POLY, continued cards and models.
 */
export function macromodel(sections) {
  const body = [];
  for (let i = 1; i <= sections; i++) body.push(...section(i));
  return deck('Follower with a macromodel', [
    'VDD vdd 0 5',
    'VIN in 0 {VCM + 10m}',
    'XU1 in out vdd 0 out MACRO',
    '.param VCM=2.5',
    '* Precision rail-to-rail op amp, single',
    '* Pins: non-inverting input, inverting input, positive supply, negative supply, output',
    '.subckt MACRO INP INN VDD VSS OUT PARAMS: GBW=10MEG RO=80',
    ...body,
    `ROUT s${sections} OUT {RO}`,
    '.ends MACRO',
  ]);
}

/** One of the stages that macromodels are made of: gain, pole, clamp, supply current, noise, and their models. */
function section(i) {
  const [input, output] = i === 1 ? ['INP', 's1'] : [`s${i - 1}`, `s${i}`];
  return [
    `* --- Stage ${i} -------------------------------------------`,
    `G${i} VSS ${output} VALUE={LIMIT(1e-3*V(${input},INN), -IMAX${i}, IMAX${i})}`,
    `.param IMAX${i}={0.5m*(1 + ${i}/10)} FP${i}={GBW/${i}}`,
    `R${i}A ${output} VSS 1MEG TC=1m,2u`,
    `C${i}A ${output} VSS {1/(6.28318*FP${i}*1MEG)}`,
    `E${i}P p${i} VSS POLY(2) (VDD,VSS) (${output},VSS) 0 0.5 0.001`,
    `E${i}T t${i} 0 TABLE {V(VDD,VSS)} = (0, 0) (1.8, 1.2) (3.3, 2.6)`,
    `+ (5, 4.2) ; output swing`,
    `D${i}H ${output} p${i} DCLAMP${i} 0.5`,
    `D${i}L VSS ${output} DCLAMP${i}`,
    `Q${i}A c${i} ${output} e${i} QN${i}`,
    `M${i}A d${i} ${output} VSS VSS MN${i} L=2u W={20u*${i}}`,
    `I${i}Q VDD VSS DC {IF(V(VDD,VSS) > 1.6, 45u, 1n)}`,
    `V${i}S e${i} VSS 0`,
    `F${i} VDD c${i} V${i}S 1.02`,
    `S${i} d${i} VDD VDD VSS SWITCH${i}`,
    `X${i}N ${output} VSS NOISE${i} PARAMS: NLF=${10 + i} FLW=5`,
    `.model DCLAMP${i} D(IS=1e-14 N=0.1 RS=10 BV=60 IBV=1u)`,
    `.model QN${i} NPN(IS=2.5E-16 BF=250 VAF=80 IKF=5m`,
    '+ RB=120 RE=1.2 RC=15 CJE=0.3p CJC=0.2p TF=40p)',
    `.model MN${i} NMOS(LEVEL=1 VTO=0.7 KP=110u LAMBDA=0.04)`,
    `.model SWITCH${i} VSWITCH(RON=10 ROFF=1G VON=1.6 VOFF=1.4)`,
    `.subckt NOISE${i} a b PARAMS: NLF=10 FLW=4`,
    'G1 a b VALUE={NLF*1e-9*PWR(FLW, 1.5)*V(n,b)}',
    'R1 n b 16.56k',
    `.ends NOISE${i}`,
  ];
}

/** Followers at transistor level, each with an input pair, a mirror, a gain stage and a push-pull output: 13 devices. */
export function transistorFollowers(count) {
  const cards = ['VP vp 0 15', 'VN vn 0 -15', 'VIN in0 0 1'];
  for (let i = 1; i <= count; i++) cards.push(`X${i} in${i - 1} in${i} vp vn FOLLOWER`);
  return deck(`${count} followers of transistors`, [
    ...cards,
    `RL in${count} 0 2k`,
    '.subckt FOLLOWER in out vp vn',
    'Q1 a in t QP',
    'Q2 b out t QP',
    'Q3 a a vn QN',
    'Q4 b a vn QN',
    'Q5 t r vp QP',
    'Q6 r r vp QP',
    'RB r vn 1meg',
    'Q7 c b x QN',
    'RE x vn 100',
    'Q8 d r vp QP 8',
    'D1 d e DX',
    'D2 e c DX',
    'Q9 vp d o1 QN 10',
    'Q10 vn c o2 QP 10',
    'RO1 o1 out 22',
    'RO2 o2 out 22',
    '.ends',
    '.model QN NPN(IS=1e-14 BF=200 VAF=100 RB=100 RC=10 RE=1)',
    '.model QP PNP(IS=1e-14 BF=80 VAF=60 RB=150 RC=20 RE=1 SUBS=1)',
    '.model DX D(IS=1e-14 RS=5)',
    '.op',
  ]);
}

function deck(title, cards) {
  return `${[title, ...cards, '.end'].join('\n')}\n`;
}
