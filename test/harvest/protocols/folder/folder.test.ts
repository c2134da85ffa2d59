import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

interface File {
  id: string
  body: string
}
const iri = (id: string) => `https://donnees.example.org/jeu/${id}`
const turtle = (id: string, edition = 1) =>
  `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n<${iri(id)}> a dcat:Dataset ; dct:title "Jeu ${id}, ${edition}"@fr ; dcat:landingPage <https://donnees.example.org/page/${id}> .\n`
const files = (all: File[]) => ({
  '/list.txt': `# les fiches\n${all.map(({ id }) => `${id}.ttl`).join('\n')}\n`,
  ...Object.fromEntries(all.map(({ id, body }) => [`/${id}.ttl`, { type: 'text/turtle', body }])),
})

keepsTheContract({
  protocol: 'folder',
  url: portal => `${portal}/list.txt`,
  key: iri,
  record: (id, edition): File => ({ id, body: turtle(id, edition) }),
  broken: { id: 'broken', body: '<html>Maintenance</html>' },
  answers: all => files(all as File[]),
  partly: all => ({ ...files(all as File[]), '/e.ttl': { status: 404, body: 'Not Found' } }),
})

describe('folder', () => {
  onStage()
  beforeEach(() => {
    portal.answers = { '/far.ttl': { type: 'text/turtle', body: turtle('far') } }
    mkdirSync(join(house.folder, 'fiches/sous-dossier'), { recursive: true })
    writeFileSync(join(house.folder, 'fiches/a.ttl'), turtle('a'))
    writeFileSync(join(house.folder, 'fiches/lisez moi.txt'), 'rien')
    writeFileSync(
      join(house.folder, 'fiches/sous-dossier/é b.jsonld'),
      JSON.stringify({
        '@id': iri('b'),
        '@type': 'http://www.w3.org/ns/dcat#Dataset',
        'http://purl.org/dc/terms/title': 'Jeu b',
        'http://www.w3.org/ns/dcat#landingPage': { '@id': 'https://donnees.example.org/page/b' },
      }),
    )
  })
  const keys = () =>
    house
      .records()
      .map(({ key }) => key)
      .sort()

  test('a folder of the edition is read with the folders in it, in every format, and further files beside', async () => {
    expect(await house.harvest(house.source('folder', 'file:fiches', { options: { urls: [`${portal.url}/far.ttl`] } }))).toMatchObject({
      state: 'complete',
      added: 3,
      problems: [],
    })
    expect(keys()).toEqual([iri('a'), iri('b'), iri('far')])
  })

  test('a file that was taken away is missing, one that is broken removes nothing', async () => {
    const source = house.source('folder', 'file:fiches', { removal: { threshold: 1, graceDays: 7 } })
    await house.harvest(source)
    writeFileSync(join(house.folder, 'fiches/a.ttl'), 'hors service')
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', failed: 1, unchanged: 1, missing: 0 })
    writeFileSync(join(house.folder, 'fiches/a.ttl'), turtle('c'))
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 1, unchanged: 1, missing: 1 })
  })

  test('links to other places are not followed', async () => {
    writeFileSync(join(house.folder, 'secret.ttl'), turtle('secret'))
    symlinkSync(join(house.folder, 'secret.ttl'), join(house.folder, 'fiches/link.ttl'))
    await house.harvest(house.source('folder', 'file:fiches'))
    expect(keys()).not.toContain(iri('secret'))
  })

  test('a list of the edition may name its files and addresses; a list of a portal only addresses', async () => {
    writeFileSync(join(house.folder, 'liste.txt'), `file:fiches/a.ttl\n\n# loin\n${portal.url}/far.ttl\n`)
    expect(await house.harvest(house.source('folder', 'file:liste.txt'))).toMatchObject({ state: 'complete', seen: 2 })
    portal.answers['/list.txt'] = `file:fiches/a.ttl\n`
    const { state, problems } = await house.harvest(house.source('folder', `${portal.url}/list.txt`, { id: 'other' }))
    expect(state).toBe('failed')
    expect(problems[0]!.message).toMatch(/list\.txt, line 1: "file:fiches\/a\.ttl" is no address of a file\. A list has one http or https address a line\.$/)
    writeFileSync(join(house.folder, 'liste.txt'), 'file:../../etc/passwd\n')
    expect((await house.harvest(house.source('folder', 'file:liste.txt'))).problems[0]!.message).toMatch(/is no address/)
  })

  test('a dataset that stands in two files is kept once, and told', async () => {
    writeFileSync(join(house.folder, 'fiches/z.ttl'), turtle('a', 2))
    expect(await house.harvest(house.source('folder', 'file:fiches'))).toMatchObject({ added: 2, failed: 1, problems: [{ code: 'duplicate-id' }] })
  })

  test('a folder that is not there is named', async () => {
    expect((await house.harvest(house.source('folder', 'file:nowhere'))).problems[0]!.message).toMatch(
      /nowhere cannot be read: ENOENT.*Check the url of portal\.yaml/,
    )
  })
})
