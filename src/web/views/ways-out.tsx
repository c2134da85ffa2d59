import { paths } from '../../config/addresses.ts'
import type { Page } from '../page/page.ts'

/** A way by which programs get at the catalogue: its words are `ways.{name}`. */
interface Way {
  name: string
  to: string
  code: string
  /** The way in shows it; the page for developers has all of them. */
  first?: true
}

const ways: Way[] = [
  { name: 'sparql', to: paths.sparql, code: paths.sparql, first: true },
  { name: 'feed', to: `${paths.catalogue}.ttl`, code: `${paths.catalogue}.ttl`, first: true },
  { name: 'record', to: paths.datasets, code: `${paths.dataset('…')}.jsonld`, first: true },
  { name: 'results', to: `${paths.datasets}.json`, code: `${paths.datasets}.json?q=…` },
  { name: 'dump', to: `${paths.dump}.nq.gz`, code: `${paths.dump}.nq.gz` },
  { name: 'changes', to: paths.ldes, code: paths.ldes },
  { name: 'atom', to: paths.atom, code: paths.atom },
  { name: 'oai', to: `${paths.oai}?verb=Identify`, code: paths.oai },
  { name: 'ckan', to: paths.ckanAction('package_list'), code: paths.ckanAction('…') },
  { name: 'mcp', to: paths.llms, code: paths.mcp },
  { name: 'api', to: paths.openApi, code: paths.openApi },
]

/** How programs get at the data. */
export function WaysOut({ page, all = false }: { page: Page; all?: boolean }) {
  const { t } = page.words
  return (
    <ul class="ways">
      {ways
        .filter(({ first }) => all || first)
        .map(({ name, to, code }) => (
          <li>
            <h3>
              <a href={/\.|^\/(?:ldes|oai|api)/.test(to) ? to : page.to(to)}>{t(`ways.${name}`)}</a>
            </h3>
            <p>{t(`ways.${name}_text`)}</p>
            <code dir="ltr">{code}</code>
          </li>
        ))}
    </ul>
  )
}
