import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/**/*.test.{ts,tsx}'], pool: 'forks', testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: '100%' },
})
