import { paths } from '../../config/addresses.ts'
import type { Said } from '../../problem.ts'
import { nearest, wordsOfAddress } from '../page/nearest.ts'
import type { Page } from '../page/page.ts'
import { Layout } from './layout.tsx'
import { PortalText } from './parts.tsx'
import { SearchBox } from './search-box.tsx'

/** What we say of a failure (RFC 9457). */
export interface ProblemBody {
  status: number
  code: string
  title: string
  detail: string
  /** Seconds after which it is of use to ask again, where it is. */
  retryS?: number
  /** The detail as the locale files have it, where they do. */
  said?: Said | undefined
  /** Where in what was sent. */
  line?: number | undefined
  column?: number | undefined
}

/** Whether what is asked for is not there, or no more: then something near it may be meant. */
const isMissing = ({ status }: ProblemBody) => status === 404 || status === 410

/** A failure, told to people: in their language what it is, and the exact sentence beneath. */
export function ProblemView({ page, problem }: { page: Page; problem: ProblemBody }) {
  const { t, has } = page.words
  const key = `problem.${problem.code}`
  const { said } = problem
  const text = isMissing(problem) ? wordsOfAddress(page) : ''
  const near = nearest(page, text)
  const title = has(key) ? t(key) : t('problem.other')
  return (
    <Layout page={page} title={title}>
      <div class="wrap problem">
        <p class="problem-status">{problem.status}</p>
        <h1>{title}</h1>
        <p class="problem-detail" lang={said ? undefined : 'en'} dir={said ? undefined : 'ltr'}>
          {said ? t(said.key, said.values) : problem.detail}
        </p>
        <SearchBox page={page} action={paths.datasets} text={text} />
        {near.length > 0 && (
          <>
            <h2>{t('missing.near')}</h2>
            <ul class="plain">
              {near.map(({ id, title: titles }) => (
                <li>
                  <a href={page.to(paths.dataset(id))}>
                    <PortalText page={page} texts={titles} fallback={id} />
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <p>
          <a href={page.to('/')}>{t('problem.home')}</a>
        </p>
      </div>
    </Layout>
  )
}
