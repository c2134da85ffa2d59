import type { Catalogue } from '../config/catalogue.ts'
import { openEngine, type Engine } from '../harvest/run/engine.ts'
import { withLedger, type CommonOptions } from './context.ts'

/** Opens the ledger, and what runs share, for what is done with them, and closes both however that ends. */
export const withEngine = <Result>(catalogue: Catalogue, options: Pick<CommonOptions, 'data'>, use: (engine: Engine) => Promise<Result>): Promise<Result> =>
  withLedger(options, async ledger => {
    const engine = await openEngine(catalogue, ledger)
    try {
      return await use(engine)
    } finally {
      await engine.close()
    }
  })
