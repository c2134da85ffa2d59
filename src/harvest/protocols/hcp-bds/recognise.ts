import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { isObject, objects } from '../../readers/json/values.ts'
import { behind, firstOf } from '../../readers/recognise.ts'

/** HCP's statistics API: its tree of subjects, with the indicators as leaves. */
export const recogniseHcpBds = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([apiOf(url), ...behind(bases, ['api/v1'])], async address => {
    const tree = readJson(await fetch(`${address}/subject-groups`, 'application/json'))
    const codes = new Set(objects(tree).flatMap(codesIn))
    return codes.size > 0 ? { url: address, sure: true, datasets: codes.size } : undefined
  })

const apiOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/(subject-groups|indicators)(\/.*)?$/, '')
    .replace(/\/+$/, '')

function codesIn(node: Record<string, unknown>): unknown[] {
  return [
    ...objects(node['indicators'])
      .map(({ code }) => code)
      .filter(code => code !== undefined),
    ...['subjects', 'subSubjects'].flatMap(name => (isObject(node) ? objects(node[name]).flatMap(codesIn) : [])),
  ]
}
