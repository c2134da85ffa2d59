import { describe, expect, it } from 'vitest'
import { mask, peopleOf } from '../../src/normalise/people.ts'
import { contactRules } from '../edition.ts'

const people = peopleOf(
  contactRules({
    replacePersonal: true,
    functional: 'a.bureau@example.ma',
    mobile: ['^(\\+212|00212|0)[67]\\d{8}$'],
    officeWords: ['ondes'],
    freeHosts: ['poste.ma'],
  }),
)

describe('an address', () => {
  it.each([
    'm.alaoui@hcp.ma',
    'mohamed.alaoui@hcp.ma',
    'salma_idrissi@ministere.gov.ma',
    'jean-luc@e.ma',
    'alaoui@gmail.com',
    'Alaoui2020@GMAIL.COM',
    'x@poste.ma',
  ])("%s is a person's", address => {
    expect(people.isPersonalEmail(address)).toBe(true)
  })

  it.each([
    'contact@hcp.ma',
    'opendata@add.gov.ma',
    'open.data@add.gov.ma',
    'service.statistiques@e.ma',
    'commune.untel@gmail.com',
    'webmaster@e.ma',
    'info2@e.ma',
    'hcp@hcp.ma',
    'les.ondes@e.ma',
    'a.bureau@example.ma',
  ])("%s is an office's", address => {
    expect(people.isPersonalEmail(address)).toBe(false)
  })
})

it.each([
  ['06 12 34 56 78', true],
  ['+212 6 12-34-56-78', true],
  ['0712345678', true],
  ['05 37 12 34 56', false],
  ['2010-2020', false],
  ['0612345678901', false],
])('the number %s is a mobile telephone: %s', (number, mobile) => {
  expect(people.isMobile(number)).toBe(mobile)
})

it.each([
  ['Écrire à m.alaoui@e.ma.', 'Écrire à ….'],
  ['Tél. 0612345678, ou 0537123456', 'Tél. …, ou 0537123456'],
  ['Mobile: +212 6 12 34 56 78', 'Mobile: …'],
  ['Du 01/01/2010 au 31/12/2020, 1 234 567 lignes', 'Du 01/01/2010 au 31/12/2020, 1 234 567 lignes'],
  ['https://e.ma/fichier-0612345678.csv', 'https://e.ma/fichier-0612345678.csv'],
])('"%s" without what is people\'s', (text, left) => {
  expect(people.without(text, () => '…')).toBe(left)
})

it.each([
  ['m.alaoui@gmail.com', 'm…@g…'],
  ['Mohamed Alaoui', 'M… A…'],
  ['06 12 34 56 78', '06…'],
  ['محمد العلوي', 'م… ا…'],
])('a repair tells of %s no more than %s', (text, told) => {
  expect(mask(text)).toBe(told)
})
