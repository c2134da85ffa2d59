import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import rdfExt from 'rdf-ext'
import { Validator } from 'shacl-engine'
import { expect, test } from 'vitest'
import { loadProfile } from '../../src/validate/profiles.ts'
import { surePasses } from '../../src/validate/sure-passes.ts'
import { base, shapes, turtle } from '../edition.ts'

interface Result {
  severity: { value: string }
  focusNode: { term: { value: string } }
  shape: { ptr: { term: { value: string } } }
  value?: { term?: { value: string } }
}

test('rules that are passed at a glance are those the engine passes: every case of every profile gives the same results with and without', async () => {
  let compared = 0
  for (const name of ['admission', 'dcat-ap', 'dcat-ap-ma']) {
    const profile = rdfExt.dataset([...(await loadProfile(shapes, base, name)).shapes])
    const [plain, quick] = [new Validator(profile, { factory: rdfExt }), new Validator(profile, { factory: rdfExt, validations: [surePasses] })]
    for (const folder of ['admission', 'dcat-ap', 'dcat-ap-ma']) {
      for (const file of readdirSync(join(import.meta.dirname, '../profiles', folder))) {
        const dataset = rdfExt.dataset([...turtle(readFileSync(join(import.meta.dirname, '../profiles', folder, file), 'utf8'))])
        const said = async (engine: Validator) =>
          ((await engine.validate({ dataset })).results as Result[])
            .map(result => [result.shape.ptr.term.value, result.severity.value, result.focusNode.term.value, result.value?.term?.value].join(' '))
            .sort()
        const results = await said(plain)
        expect(await said(quick), `${name} ${folder}/${file}`).toEqual(results)
        compared += results.length
      }
    }
  }
  expect(compared).toBeGreaterThan(1000)
}, 120_000)
