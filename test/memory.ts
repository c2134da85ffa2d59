import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** Lets go of what waits to be collected: what is measured after it is held. */
export const collect = runInNewContext('gc') as () => void
