import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { root } from '../src/files.ts'

const place = resolve(root, process.env['FIHRIST_CORPUS'] ?? '../shared/corpus')

/** The folder of real portal responses and official test suites, which is no part of the project; undefined where it is absent. */
export const corpus: string | undefined = existsSync(place) ? place : undefined
