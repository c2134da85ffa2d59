import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fihrist, smallEdition } from './fihrist.ts'

test('the template that is written is read back without a word; it overwrites nothing', async () => {
  const cwd = smallEdition({})
  expect(await fihrist(['inventory', 'template', '-o', 'modele.xlsx', '--lang', 'ar'], { cwd })).toMatchObject({ code: 0, out: 'modele.xlsx\n' })
  expect(await fihrist(['inventory', 'check', 'modele.xlsx'], { cwd })).toMatchObject({ code: 0, out: 'modele.xlsx : 0 jeux de données, rien à signaler.\n' })
  const again = await fihrist(['inventory', 'template', '-o', 'modele.xlsx'], { cwd })
  expect(again).toMatchObject({ code: 2, err: expect.stringMatching(/modele\.xlsx cannot be written: EEXIST.*-o/) })
  expect((await fihrist(['inventory', 'template', '-o', 'modele.pdf'], { cwd })).err).toMatch(/written as \.xlsx or \.csv/)
  expect(existsSync(join(cwd, 'modele.pdf'))).toBe(false)
})

test('what is wrong in a file makes exit code 1, and is said line by line in the language asked for; as JSON too', async () => {
  const cwd = smallEdition({})
  writeFileSync(join(cwd, 'a.csv'), 'identifiant;titre_fr;organisme;date_maj\n1;Un;ADD;demain\n')
  const told = await fihrist(['inventory', 'check', 'a.csv', '--lang', 'en'], { cwd })
  expect(told.code).toBe(1)
  expect(told.out).toContain('error: a.csv, line 2, cell D2 (date_maj): “demain” is no date that we can read. Write dd/mm/yyyy, or a year.\n')
  const { rows, errors, remarks } = JSON.parse((await fihrist(['inventory', 'check', 'a.csv', '--json'], { cwd })).out) as {
    rows: number
    errors: number
    remarks: object[]
  }
  expect([rows, errors]).toEqual([1, remarks.length])
  expect(remarks).toContainEqual(
    expect.objectContaining({ level: 'error', line: 2, cell: 'D2', column: 'date_maj', message: expect.stringContaining('a.csv, ligne 2, cellule D2') }),
  )
  expect((await fihrist(['inventory', 'check', 'nowhere.csv'], { cwd })).err).toMatch(/nowhere\.csv cannot be read: ENOENT/)
  expect(await fihrist(['inventory', 'check', '-'], { cwd, input: 'x' })).toMatchObject({ code: 2, err: expect.stringMatching(/no line of headings/) })
})
