// A kernel computes the outputs of BLOCK samples: input k of sample i stands at k BLOCK + i, and so do outputs. All forms
// of a kernel round alike, operation by operation, so that they give the same bits.

export const BLOCK = 128;

export type Kernel = (inputs: Float64Array, outputs: Float64Array) => void;
