import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // The files that one process tests share its modules: to load them anew for each, with the lists and the validators, takes longer than most tests do.
    // So a test leaves nothing behind in a module, and what a helper keeps for others it keeps as long as the process lives.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
})
