import { expect, test } from 'vitest'
import { startPortal, turtle } from '../portal.ts'
import { fihrist, smallEdition, starts } from './fihrist.ts'

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

test('serve asks them by its schedule, one time after the other, and says so in its log', async () => {
  let asked = 0
  const portal = await startPortal(url => ({
    '/alive.csv': (_request, response) => {
      asked++
      response.writeHead(200, { 'Content-Type': 'text/csv' }).end()
    },
    '/feed.ttl': turtle(
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://e.ma/d> a dcat:Dataset ; dct:title "Eau"@fr ; dcat:distribution <https://e.ma/d/1> .
<https://e.ma/d/1> a dcat:Distribution ; dcat:accessURL <${url}/alive.csv> .`,
    ),
  }))
  const cwd = smallEdition({ petit: `title: { fr: Petit }\nprotocol: dcat\nurl: ${portal.url}/feed.ttl\n` }, 'links: { schedule: "* * * * * *" }\n')
  await fihrist(['harvest', '--quiet'], { cwd })
  const served = await starts(['serve', '--port', '0'], /on (http:\/\/localhost:\d+\/)/, { cwd })
  const events = () => served.log().flatMap(({ event, said }) => (String(event).startsWith('links-') ? [said === undefined ? event : `${event}: ${said}`] : []))
  await expect.poll(() => events().slice(0, 4), { timeout: 60_000 }).toEqual(['links-started', 'links-ended', 'links-started', 'links-ended'])
  expect(asked).toBe(1)
  await served.stop()
  // What was seen is measured: the file answers.
  const quality = JSON.parse((await fihrist(['links', 'petit', '--json'], { cwd })).out) as { sources: object[] }
  expect(quality.sources).toEqual([expect.objectContaining({ alive: 1, failing: 0 })])
  await portal.close()
}, 120_000)

test('serve --no-schedule asks for nothing', async () => {
  const cwd = smallEdition({}, 'links: { schedule: "* * * * * *" }\n')
  const served = await starts(['serve', '--port', '0', '--no-schedule'], /on (http:\/\/localhost:\d+\/)/, { cwd })
  await new Promise(resolve => setTimeout(resolve, 2500))
  expect(served.log().filter(({ event }) => String(event).startsWith('links-'))).toEqual([])
  await served.stop()
}, 60_000)
