import { workerData } from 'node:worker_threads'
import { openCheck } from '../../validate/validate.ts'
import { unpackVocabulary } from '../../vocabulary/packed.ts'
import type { Task, ThreadData } from './threads.ts'
import { goTogether, type Failed, type Made } from './way.ts'

const { settings, vocabulary: packed } = workerData as ThreadData
const vocabulary = unpackVocabulary(packed)
const check = await openCheck(settings, vocabulary)

/** One batch of one source. */
export default ({ source, defaults, records, packing }: Task): Promise<(Made | Failed)[]> =>
  goTogether({ source, defaults, base: settings.base, vocabulary }, check, records, packing)
