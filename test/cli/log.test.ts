import { Writable } from 'node:stream'
import express from 'express'
import { expect, test } from 'vitest'
import { log, report } from '../../src/cli/log.ts'
import { answerProblems } from '../../src/web/http/problems.tsx'
import type { Failed, Site } from '../../src/web/site/site.ts'

/** Standard error, and what was written to it. */
function written(isTTY: boolean) {
  const lines: string[] = []
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    lines.push(chunk.toString())
    done()
  }
  return { lines, err: Object.assign(new Writable({ write }), { isTTY }) }
}
const line = { event: 'run-started', message: 'The harvest of portal begins (schedule).', source: 'portal' }

test('programs are told in JSON, a line an event, with a sentence in it', () => {
  const { lines, err } = written(false)
  log({ err, env: {} }, line)
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toEqual({ level: 'info', at: expect.stringMatching(/^\d{4}-.*Z$/), ...line })
})

test('people at a terminal are told in sentences; FIHRIST_LOG has it otherwise', () => {
  const people = written(true)
  log({ err: people.err, env: {} }, line)
  log({ err: people.err, env: {} }, { ...line, level: 'error' })
  expect(people.lines[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}The harvest of portal begins \(schedule\)\.\n$/)
  expect(people.lines[1]).toContain('ERROR The harvest')
  const programs = written(true)
  log({ err: programs.err, env: { FIHRIST_LOG: 'json' } }, line)
  expect(JSON.parse(programs.lines[0]!)).toMatchObject(line)
})

test.each([true, false])('what a portal says does not reach the terminal as control signs, nor as a line of its own: %s', isTTY => {
  const { lines, err } = written(isTTY)
  log({ err, env: {} }, { event: 'run-ended', message: 'The harvest of portal ended: \u001B]0;owned\u0007\u009B2J.' })
  expect(lines[0]).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
  expect(lines[0]).toContain('owned')
  log({ err, env: {} }, { message: 'The harvest of portal ended: no\n2026-03-01 03:00:12  The harvest of portal is complete.' })
  expect(lines[1]!.trimEnd()).not.toMatch(/\n/)
})

test('--quiet leaves the errors', () => {
  const { lines, err } = written(false)
  log({ err, env: {} }, line, { quiet: true })
  log({ err, env: {} }, { ...line, level: 'error' }, { quiet: true })
  expect(lines.map(each => (JSON.parse(each) as { level: string }).level)).toEqual(['error'])
})

test('a failure of ours is found again by its number: it is in the log and in the answer, and nothing in the log says who asked, or what', async () => {
  const { lines, err } = written(false)
  const site = { report: (error: unknown, request?: Failed) => report({ err, env: {} }, error, request), faults: { note: () => undefined } } as unknown as Site
  const app = express()
  app.get('/dataset/:id', () => {
    throw new Error('Out of paper')
  })
  app.use(answerProblems(site))
  const server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const ask = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/dataset/my-illness?q=salma`, { headers: { 'User-Agent': 'reader', ...headers } })
  const answers = [await ask({}), await ask({ 'X-Request-Id': 'given-by-proxy-1' })]
  server.close()
  const [first, second] = answers.map(answer => answer.headers.get('x-request-id'))
  expect(answers.map(({ status }) => status)).toEqual([500, 500])
  expect(first).toMatch(/^[\da-f-]{36}$/)
  expect(second).toBe('given-by-proxy-1')
  const told = lines.map(each => JSON.parse(each) as Record<string, unknown>)
  expect(told.map(({ request }) => request)).toEqual([first, second].map(id => ({ id, method: 'GET', route: '/dataset/:id' })))
  expect(told[0]).toMatchObject({
    level: 'error',
    message: 'A request could not be answered, and this is a bug: Out of paper',
    error: expect.stringContaining('log.test.ts'),
  })
  expect(lines.join('')).not.toMatch(/my-illness|salma|reader|127\.0\.0\.1/)
})
