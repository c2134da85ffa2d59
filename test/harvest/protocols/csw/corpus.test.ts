import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corpus } from '../../../corpus.ts'
import { allSaid } from '../../../ledger/said.ts'
import { startPortal, type Answer } from '../../../portal.ts'
import { openHouse, type House } from '../../harvest.ts'

// Real answers of catalogue services and repositories, played as portals. Each is harvested twice.

const place = (file: string) => join(corpus ?? '', file)
const xml = (body: Buffer | string): Answer => ({ type: 'application/xml', body })
const table: string[] = []

/** Feeds as data: [name, protocol, answer to how it is asked, options, what becomes of it]. */
const cases = readFileSync(join(import.meta.dirname, 'corpus.tsv'), 'utf8')
  .split('\n')
  .slice(1)
  .filter(Boolean)
  .map(line => {
    const [name = '', protocol = '', files = '', datasets = '', options = '{}', records = '', state = '', codes = '', note = ''] = line.split('\t')
    return {
      name,
      protocol,
      files: files.split(' '),
      datasets: Number(datasets),
      options: JSON.parse(options) as object,
      records: Number(records),
      state,
      codes,
      note,
    }
  })

/** Pages of GetRecords by the position they begin at; single records as one page; files as a folder; OAI-PMH by its verbs. */
function played(protocol: string, files: string[]): Record<string, Answer> {
  const bodies = files.map(file => readFileSync(place(file)))
  if (protocol === 'folder') {
    const name = (file: string) => file.split('/').pop()!
    return {
      '/waf/': { type: 'text/html', body: files.map(file => `<a href="${name(file)}">${name(file)}</a>`).join('\n') },
      ...Object.fromEntries(files.map((file, at) => [`/waf/${name(file)}`, xml(bodies[at]!)])),
    }
  }
  if (protocol === 'oai-pmh')
    return {
      '/?*': (request, response) => {
        const query = new URL(request.url!, 'http://portal').searchParams
        const found = query.has('resumptionToken') ? -1 : files.findIndex(file => file.includes(`get_${query.get('verb')!}`))
        response.writeHead(found < 0 ? 404 : 200, { 'content-type': 'text/xml' }).end(bodies[found])
      },
    }
  const starts = [1]
  for (const body of bodies) starts.push(Number(/nextRecord="(\d+)"/.exec(body.toString('utf8'))?.[1] ?? 0))
  return {
    '/?*': (request, response) => {
      let text = ''
      request.on('data', chunk => {
        text += String(chunk)
      })
      request.on('end', () => {
        const at = starts.indexOf(Number(/startPosition="(\d+)"/.exec(text)?.[1]))
        response.writeHead(at in bodies ? 200 : 404, { 'content-type': 'application/xml' }).end(bodies[at])
      })
    },
  }
}

if (!corpus) console.warn('csw-corpus.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('real catalogue services and repositories', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  }, 60_000)
  afterAll(async () => {
    await house.close()
    console.log(['protocol\tcorpus\tdatasets\trecords\tpublished\tfindings\tproblems\tstate', ...table].join('\n'))
  })

  test.each(cases.map(each => [each.name, each] as const))(
    '%s is harvested as far as it goes, and again without a change',
    async (name, { protocol, files, datasets, options, records, state, codes }) => {
      const portal = await startPortal(played(protocol, files))
      const room = house.fresh()
      try {
        const source = room.source(protocol === 'folder' ? 'csw' : protocol, `${portal.url}/${protocol === 'folder' ? 'waf/' : ''}`, {
          options: { ...options, ...(protocol === 'folder' && { folder: true }) },
        })
        const report = await room.harvest(source, { full: true })
        const findings = allSaid(room.ledger).findings.length
        table.push(
          [
            protocol,
            name,
            datasets,
            room.records().length,
            room.published(),
            findings,
            report.problems
              .map(problem => problem.message)
              .join(' | ')
              .replaceAll(portal.url, '')
              .slice(0, 250),
            report.state,
          ].join('\t'),
        )
        expect({ records: room.records().length, state: report.state, codes: [...new Set(report.problems.map(problem => problem.code))].join(' ') }).toEqual({
          records,
          state,
          codes,
        })
        expect(await room.harvest(source, { full: true })).toMatchObject({ added: 0, updated: 0, unchanged: records, removed: 0 })
      } finally {
        room.ledger.close()
        await portal.close()
      }
    },
  )
})
