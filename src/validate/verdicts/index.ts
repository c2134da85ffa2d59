import { json } from './json.ts'
import { junit } from './junit.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'
import { turtle } from './turtle.ts'
import type { VerdictFormat } from './verdict-format.ts'

/** The formats of a verdict, by their names on the command line. Add one: a file and a line. */
export const verdictFormats: Record<string, VerdictFormat> = { text, json, turtle, sarif, junit }
