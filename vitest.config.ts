import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // ngspice starts in about a second, and some machines are slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
