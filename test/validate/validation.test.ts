import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lines } from '../../src/rdf/serialise.ts'
import { loadProfile, profileNames } from '../../src/validate/profiles.ts'
import { openValidation } from '../../src/validate/validate.ts'
import { base, shapes, turtle, vocabulary } from '../edition.ts'

const lists = (await vocabulary()).index

describe('validation in worker threads', () => {
  const validation = openValidation({ shapes, base, lists, profiles: ['admission', 'dcat-ap', 'dcat-ap-ma'], compliance: 'dcat-ap' })
  afterAll(() => validation.close())
  const dataset = 'https://portal.example.ma/a'
  const record = (more: string) => ({
    dataset,
    graph: lines(
      [...turtle(`@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <${dataset}> a dcat:Dataset ${more} .`)],
      false,
    ),
  })

  it('gives each record of a batch its own findings and quality, each finding with its profile', async () => {
    const [bare, better] = await validation.check([record(''), record('; dct:title "Eau"@fr ; dct:description "Débits"@fr ; dcat:keyword "eau"@fr')])
    expect(new Set(bare!.findings.map(finding => finding.profile))).toEqual(new Set(['admission', 'dcat-ap', 'dcat-ap-ma']))
    for (const finding of bare!.findings)
      expect(finding).toMatchObject({
        rule: expect.stringContaining(`/shapes/${finding.profile}#`),
        severity: expect.stringMatching(/^(violation|warning|info)$/),
        focus: dataset,
        constraint: expect.stringMatching(/ConstraintComponent$/),
      })
    expect(bare!.findings.map(finding => finding.rule)).toContain('https://w3id.org/fihrist/shapes/dcat-ap#dataset-title')
    expect(better!.findings.map(finding => finding.rule)).not.toContain('https://w3id.org/fihrist/shapes/dcat-ap#dataset-title')
    expect(bare!.quality).toMatchObject({ score: 0, measurements: { dcatApCompliance: 0 } })
    expect(better!.quality).toMatchObject({ score: 60, measurements: { dcatApCompliance: 1, keywordAvailability: 1 } })
  })

  it('measures compliance with the profile that is named', async () => {
    const strict = openValidation({ shapes, base, lists, profiles: ['admission', 'dcat-ap'], compliance: 'admission' })
    const [better] = await strict.check([record('; dct:title "Eau"@fr ; dct:description "Débits"@fr')])
    await strict.close()
    expect(better!.findings.some(({ profile, severity }) => profile === 'admission' && severity === 'violation')).toBe(true)
    expect(better!.quality.measurements).toMatchObject({ dcatApCompliance: 0 })
  })

  it('tells the value that is wrong, cut short where it is long', async () => {
    const [checked] = await validation.check([record(`; dct:title <https://e.ma/${'x'.repeat(2000)}>`)])
    const finding = checked!.findings.find(each => each.rule.endsWith('dcat-ap#dataset-title-literal'))!
    expect(finding).toMatchObject({ path: 'http://purl.org/dc/terms/title', value: expect.stringMatching(/^https:\/\/e\.ma\/x+$/) })
    expect(finding.value).toHaveLength(500)
  })

  it('of nothing finds nothing', async () => {
    expect(await validation.check([])).toEqual([])
    expect((await validation.check([{ dataset, graph: '' }]))[0]!.findings).toEqual([])
  })
})

describe('a profile', () => {
  it('that is not there is named, with those that are', async () => {
    await expect(loadProfile(shapes, base, 'dcat-ap-fr')).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/no profile "dcat-ap-fr".*admission, dcat-ap, dcat-ap-ma/),
    })
    expect(profileNames(shapes)).toEqual(['admission', 'dcat-ap', 'dcat-ap-ma'])
  })

  it('whose file is no Turtle is named with file and line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fihrist-shapes-'))
    writeFileSync(join(folder, 'broken.ttl'), '@prefix sh: <http://www.w3.org/ns/shacl#> .\n<a> a sh:NodeShape ; oops .\n')
    await expect(loadProfile(folder, base, 'broken')).rejects.toMatchObject({ code: 'configuration', message: expect.stringMatching(/broken\.ttl.*line 2/) })
  })
})
