// The program of a web worker that helps to draw samples: its first message is its number, the others are jobs.

import { helpWith, type SampleJob } from '../numeric/sample-helper.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: number | SampleJob }) => void;
};

let thread = 0;
scope.onmessage = ({ data }) => {
  if (typeof data === 'number') thread = data;
  else helpWith(data, thread);
};
