import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Every thread and every command that a test starts reads the same modules: compiled once, they are read in half the time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    // The files that one process tests share its modules: to load them anew for each, with the lists and the validators, takes longer than most tests do.
    // So a test leaves nothing behind in a module, and what a helper keeps for others it keeps as long as the process lives.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
})
