import { defineConfig } from 'vitest/config';

/** Tests that replace modules need modules of their own. */
const REPLACING = ['test/ngspice/cross-check.test.ts'];

export default defineConfig({
  test: {
    // ngspice starts in about a second, and some machines are slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // The others share what they load, chevrotain's grammars above all: that halves the time.
      {
        extends: true,
        test: {
          name: 'shared',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: REPLACING,
        },
      },
      { extends: true, test: { name: 'replacing', include: REPLACING } },
    ],
  },
});
