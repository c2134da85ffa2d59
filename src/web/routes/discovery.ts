import { countVisible } from '../../ledger/records/records.ts'
import { currentRevision } from '../../ledger/records/revisions.ts'
import { choose } from '../../words/choose.ts'
import type { Handle, Resource } from '../http/route.ts'
import type { Page } from '../page/page.ts'

/** Where those look who know no more of a host than its name: the catalogue is at its one address. */
export const dataCatalogue: Handle = ({ site, response }) => response.redirect(303, site.addresses.catalogue)

/** What there is here, for assistants (llmstxt.org): the catalogue in a sentence, and each way out with its own. */
export const llms: Resource<number> = {
  find: ({ site }) => currentRevision(site.publication.ledger),
  as: [{ mediaType: 'text/plain', extension: 'txt', write: (_revision, page) => text(page) }],
  revision: revision => revision,
}

function text({ site, reading }: Page): string {
  const { catalogue, ledger, sources } = site.publication
  const said = (texts: Record<string, string>) => choose(texts, [...reading])?.text
  const ways = site.routes.filter(({ about, path, menu }) => about && !menu && !/^\/(?:api\/(?:sources|requests)|healthz|readyz|robots)/.test(path))
  const line = ({ path, about }: { path: string; about?: string }) => `- [${path}](${catalogue.base}${path.replace(/[:*](\w+)/g, '{$1}')}): ${about}`
  return [
    `# ${said(catalogue.title) ?? catalogue.base}`,
    '',
    `> ${said(catalogue.description) ?? 'A catalogue of datasets in DCAT-AP.'} ${countVisible(ledger)} datasets of ${sources.length} sources.`,
    '',
    `Cite a dataset by its page, ${site.addresses.dataset('{id}')}; the same address with .jsonld, .ttl, .rdf or .nt is its description. ` +
      `Texts are in ${catalogue.languages.join(', ')}.`,
    '',
    '## For programs',
    '',
    ...ways.map(line),
    '',
    '## For people',
    '',
    ...site.routes.filter(({ menu, path }) => menu && !/[:*]/.test(path)).map(line),
    '',
  ].join('\n')
}
