import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../src/files.ts'
import { loadProfile, profileNames, rulesIn, rulesOf } from '../../src/validate/profiles.ts'
import { validator } from '../../src/validate/shacl.ts'
import { base, cases, shapes, turtle, vocabulary } from '../edition.ts'

const folder = join(root, 'test', 'profiles')
const profiles = await Promise.all(profileNames(shapes).map(name => loadProfile(shapes, base, name)))
const lists = await vocabulary()

/** `# expect: title-missing violation` lines; `# expect: nothing` says that a case is meant to have none. */
const expected = (text: string) =>
  [...text.matchAll(/^# expect: (.+)$/gm)]
    .map(([, line]) => line!.trim())
    .filter(line => line !== 'nothing')
    .sort()

it('every profile has cases, and every folder of cases has a profile', () => {
  expect(readdirSync(folder).sort()).toEqual(profiles.map(profile => profile.name).sort())
})

describe.each(profiles)('$name', profile => {
  const validate = validator([profile], lists)
  const own = rulesIn(profile.shapes)
  const rules = rulesOf(profile)

  it.each(cases(join(folder, profile.name)))('%s', async (_name, text) => {
    const found = (await validate(turtle(text))).filter(finding => finding.profile === profile.name)
    expect(text).toMatch(/^# expect: /m)
    expect([...new Set(found.map(finding => `${rules.get(finding.rule)?.name} ${finding.severity}`))].sort()).toEqual(expected(text))
  })

  it('says every rule and its advice in French, Arabic and English', () => {
    const spoken = [...own.values()].filter(rule => Object.keys(rule.message).length > 0)
    expect(spoken.length).toBeGreaterThan(0)
    for (const rule of spoken) {
      expect.soft(Object.keys(rule.message).sort(), rule.name).toEqual(['ar', 'en', 'fr'])
      expect.soft(Object.keys(rule.advice).sort(), rule.name).toEqual(['ar', 'en', 'fr'])
    }
  })

  it('has a case that breaks each rule', () => {
    const broken = new Set(
      cases(join(folder, profile.name))
        .flatMap(([, text]) => expected(text))
        .map(line => line.split(' ')[0]),
    )
    const spoken = [...own.values()].filter(rule => Object.keys(rule.message).length > 0)
    expect(spoken.map(rule => rule.name).filter(name => !broken.has(name))).toEqual([])
  })
})
