import { paths } from '../../../config/addresses.ts'
import type { PlainFile, Texts } from '../../../outlets/plain.ts'
import { Problem } from '../../../problem.ts'
import type { Sample } from '../../../sample.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Sign } from '../icons.tsx'
import { Layout } from '../layout.tsx'
import { PortalText } from '../parts.tsx'
import { Shapes } from '../shapes.tsx'

interface Of {
  id: string
  title: Texts
  file: PlainFile
  address: string
}

/** The first rows of a file with the kinds of its columns, and its shapes; or why they cannot be shown. */
export function PreviewView({ page, of: { id, title, file, address }, seen }: { page: Page; of: Of; seen: Sample | Problem }) {
  const { t } = page.words
  const name = choose(file.title, page.reading)?.text ?? address.slice(address.lastIndexOf('/') + 1)
  return (
    <Layout page={page} title={t('preview.title', { name })}>
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(paths.datasets)}>{t('nav.datasets')}</a> <span aria-hidden="true">/</span>{' '}
            <a href={page.to(paths.dataset(id))}>
              <PortalText page={page} texts={title} fallback={id} />
            </a>
          </p>
          <p class="kicker">{t('preview.kicker')}</p>
          <h1>
            <PortalText page={page} texts={file.title} fallback={name} />
          </h1>
          <p class="head-go">
            <a class="button" href={address} rel="external nofollow noopener">
              <Sign of="down" />
              {t('files.download')}
            </a>
            <a class="button button-quiet" href={page.to(paths.dataset(id))}>
              {t('preview.back')}
            </a>
          </p>
        </div>
      </div>
      <div class="wrap preview">{seen instanceof Problem ? <Trouble page={page} problem={seen} /> : <Beginning page={page} sample={seen} />}</div>
    </Layout>
  )
}

function Beginning({ page, sample: { columns, rows, more, drawing } }: { page: Page; sample: Sample }) {
  const { t, number } = page.words
  return (
    <>
      {drawing && (
        <section class="block" aria-labelledby="shapes">
          <h2 id="shapes">{t('preview.shapes')}</h2>
          <Shapes page={page} drawing={drawing} />
        </section>
      )}
      {columns.length > 0 && (
        <section class="block" aria-labelledby="rows">
          <h2 id="rows">{t(more ? 'preview.first' : 'preview.all', { count: rows.length })}</h2>
          <p class="soft">{t('preview.text', { columns: number(columns.length) })}</p>
          <div class="scroll" tabindex={0} role="region" aria-labelledby="rows">
            <table class="sample" lang="">
              <thead>
                <tr>
                  {columns.map(({ name, kind }) => (
                    <th scope="col" class={`sample-${kind}`}>
                      <bdi>{name || '–'}</bdi>
                      <span class="sample-kind">{t(`preview.kind.${kind}`)}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <tr>
                    {columns.map(({ kind }, at) => (
                      <td class={`sample-${kind}`}>
                        <bdi dir={kind === 'text' ? undefined : 'ltr'}>{row[at] ?? ''}</bdi>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  )
}

/** What keeps us from a file, by its code or by what it is of. */
function Trouble({ page, problem: { code, kind } }: { page: Page; problem: Problem }) {
  const { t, has } = page.words
  const key = [code, kind].map(each => `preview.problem.${each}`).find(has) ?? 'preview.problem.other'
  return (
    <div class="notice notice-warning block" role="status">
      <p>
        <strong>{t('preview.problem.title')}</strong>
      </p>
      <p>{t(key)}</p>
      <p>{t('preview.problem.still')}</p>
    </div>
  )
}
