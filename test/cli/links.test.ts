import { expect, test } from 'vitest'
import { startPortal, turtle } from '../portal.ts'
import { fihrist, smallEdition } from './fihrist.ts'

test('links asks the addresses of files, says how many answer, and asks none again on the same day', async () => {
  const portal = await startPortal(url => ({
    '/alive.csv': { type: 'text/csv', body: 'a;b\n' },
    '/feed.ttl': turtle(
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://e.ma/d> a dcat:Dataset ; dct:title "Eau"@fr ; dcat:distribution <https://e.ma/d/1> , <https://e.ma/d/2> .
<https://e.ma/d/1> a dcat:Distribution ; dcat:accessURL <${url}/alive.csv> . <https://e.ma/d/2> a dcat:Distribution ; dcat:accessURL <${url}/gone.csv> .`,
    ),
  }))
  const cwd = smallEdition({ petit: `title: { fr: Petit }\nprotocol: dcat\nurl: ${portal.url}/feed.ttl\n` })
  const cli = (...args: string[]) => fihrist(args, { cwd })
  expect(await cli('harvest', '--quiet')).toMatchObject({ code: 0 })
  expect((await cli('links')).out).toBe('2 addresses asked\n  petit                        1 alive, 1 failing\n')
  const { asked, sources } = JSON.parse((await cli('links', 'petit', '--json')).out) as { asked: number; sources: object[] }
  expect(asked).toBe(0)
  expect(sources).toEqual([expect.objectContaining({ source: 'petit', alive: 1, failing: 1, dead: 0, unasked: 0 })])
  expect(await cli('links', 'unknown')).toMatchObject({ code: 2, err: expect.stringContaining('unknown') as string })
  await portal.close()
})
