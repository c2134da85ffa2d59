import { Command } from 'commander'
import { sentence } from '../problem.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'
import { wrong, type Check, type Diagnosis, type Patient } from './doctor/check.ts'
import { base, lists, shapes } from './doctor/edition.ts'
import { disk, folder, ledger } from './doctor/folder.ts'
import { clock, network, sources } from './doctor/sources.ts'
import { store } from './doctor/store.ts'

/** What is looked at, in this order. Add one: a function of this folder and a line. */
const checks: Record<string, Check> = { base, lists, shapes, folder, ledger, disk, clock, sources, network, store }

/** `fihrist doctor`: what is wrong with this installation, and what to do. Exit 1 where anything is wrong; a warning is none. */
export function doctor(context: Context): Command {
  return new Command('doctor')
    .description('say what is wrong with folders, ledger, lists, shapes, clock, disk, network and store, and what to do')
    .action(async (options: CommonOptions) => {
      const all: ({ check: string } & Diagnosis)[] = []
      const found = (check: string, diagnosis: Diagnosis) => {
        all.push({ check, ...diagnosis })
        if (!options.json && !(options.quiet && diagnosis.state === 'well')) print(context, line(check, diagnosis))
      }
      const patient = patientOf(options, context)
      if ('state' in patient) found('edition', patient)
      else for (const [check, look] of Object.entries(checks)) for (const diagnosis of await diagnosed(look, patient)) found(check, diagnosis)
      const ok = all.every(({ state }) => state !== 'wrong')
      if (options.json) print(context, JSON.stringify({ ok, checks: all }))
      context.finish(ok ? 0 : 1)
    })
}

/** What is looked at; or what is wrong with the edition, without which there is nothing to look at. */
function patientOf(options: CommonOptions, context: Context): Patient | Diagnosis {
  try {
    return { ...readEdition(options, context), data: options.data, now: new Date() }
  } catch (error) {
    return wrong(sentence(error), 'Mend it, and ask again. Every key is explained in docs/configuration.md.')
  }
}

/** What a check throws is what it found: another one is not kept from looking. */
async function diagnosed(look: Check, patient: Patient): Promise<Diagnosis[]> {
  try {
    return await look(patient)
  } catch (error) {
    return [wrong(sentence(error), 'Mend what the sentence names, and ask again.')]
  }
}

const marks: Record<Diagnosis['state'], string> = { well: '  ok  ', warning: ' note ', wrong: 'WRONG ' }

const line = (check: string, { state, says, todo }: Diagnosis) => `${marks[state]} ${check.padEnd(8)} ${says}${todo ? `\n${' '.repeat(16)}→ ${todo}` : ''}`
