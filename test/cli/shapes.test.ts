import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shapes } from '../edition.ts'
import { fihrist, smallEdition } from './fihrist.ts'

/** An edition whose admission profile is written with a slip; each of its rules stands as it is shipped but for that. */
function edition(from: string, to: string): string {
  const folder = smallEdition({ a: 'title: { fr: A }\nprotocol: dcat\nurl: http://127.0.0.1:9/a.ttl\n' }, 'shapes: ./shapes\n')
  mkdirSync(join(folder, 'shapes'))
  cpSync(shapes, join(folder, 'shapes'), { recursive: true })
  const file = join(folder, 'shapes/admission.ttl')
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
  writeFileSync(join(folder, 'feed.ttl'), '<https://e.ma/a> a <http://www.w3.org/ns/dcat#Dataset> .')
  return folder
}

describe('a slip in a shape file is told with file, line, shape and what to do', () => {
  it.each([['check'], ['validate', '--profile', 'admission', 'feed.ttl'], ['harvest', 'a']])('by fihrist %s', async (...command) => {
    const { code, err } = await fihrist(command, { cwd: edition('sh:property :dataset-title', 'sh:propery :dataset-title') })
    expect(err).toMatch(
      /admission\.ttl:\d+: dataset: sh:propery is no term of SHACL, and would be passed over in silence\. Write sh:property if you mean that\.\n$/,
    )
    expect(code).toBe(2)
  })

  it('a broken pattern is no bug of ours', async () => {
    const { code, err } = await fihrist(['check'], { cwd: edition('sh:pattern "\\\\S"', 'sh:pattern "(["') })
    expect(err).toMatch(/admission\.ttl:\d+: some-text: sh:pattern takes a regular expression, and not "\(\[": /)
    expect(code).toBe(2)
  })
})
