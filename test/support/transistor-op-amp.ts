/**
 * A two-stage op amp of 20 transistors in the manner of the 741, as the subcircuit STAGES (+, -, V+, V-, out), whose
 * names do not give away that it is one, so that it is solved as it is written:
 * input followers with common-base PNPs, a mirror as their load, a Darlington second stage, class AB output.
 */
export const TRANSISTOR_OP_AMP = `.subckt STAGES i1 i2 hi lo o1
Q1 c1 i1 e1 QN
Q2 c1 i2 e2 QN
Q3 a3 b34 e1 QP
Q4 a4 b34 e2 QP
Q5 a3 b5 r5 QN
Q6 a4 b5 r6 QN
Q7 hi a3 b5 QN
R5 r5 lo 1k
R6 r6 lo 1k
R7 b5 lo 50k
Q8 c1 c1 hi QP
Q9 b34 c1 hi QP
Q10 b34 b11 r10 QN
R10 r10 lo 5k
Q11 b11 b11 lo QN
R11 b12 b11 39k
Q12 b12 b12 hi QP
Q13 c17 b12 hi QP 2
Q16 hi a4 b17 QN
R9 b17 lo 50k
Q17 c20 b17 r17 QN
R17 r17 lo 100
Q18 c17 b18 c20 QN
R18 c17 b18 4.5k
R19 b18 c20 7.5k
Q14 hi c17 r14 QN 3
R14 r14 o1 27
R20 o1 r20 27
Q20 lo c20 r20 QP 3
Q15 c17 r14 o1 QN
Q21 c20 r20 o1 QP
.model QN NPN(IS=5e-15 BF=200 BR=2 VAF=100 RB=100 RC=20 RE=1)
.model QP PNP(IS=2e-15 BF=50 BR=4 VAF=50 RB=150 RC=30 RE=1)
.ends
`;
