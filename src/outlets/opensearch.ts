import { addressesOf, paths } from '../config/addresses.ts'
import { choose } from '../words/choose.ts'
import type { Outlet } from './outlet.ts'
import { escaped, xmlHead } from './xml.ts'

/** Letters that a short name may have (OpenSearch 1.1, "ShortName"). */
const longestName = 16

/** How a browser searches the catalogue from its address bar (OpenSearch 1.1). */
export const openSearch: Outlet<{ languages: string[] }> = {
  path: paths.openSearch,
  about: 'How a browser or another program searches the catalogue (OpenSearch 1.1).',
  forms: [{ mediaType: 'application/opensearchdescription+xml', extension: 'xml' }],
  find: ({ catalogue: { languages } }) => ({ languages }),
  write: ({ catalogue }, { languages }, _form, { origin }) => {
    const title = choose(catalogue.title, languages)?.text ?? 'Fihrist'
    const short = [...title].length <= longestName ? title : 'Fihrist'
    const search = addressesOf(origin).datasets
    return `${xmlHead}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>${escaped(short)}</ShortName>
  <Description>${escaped([...title].slice(0, 1024).join(''))}</Description>
  <Url type="text/html" template="${escaped(search)}?q={searchTerms}&amp;page={startPage?}"/>
  <Url type="application/json" template="${escaped(search)}.json?q={searchTerms}&amp;page={startPage?}"/>
  <Url type="application/atom+xml" template="${escaped(addressesOf(origin).atom)}?q={searchTerms}"/>
${languages.map(language => `  <Language>${escaped(language)}</Language>`).join('\n')}
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
`
  },
}
