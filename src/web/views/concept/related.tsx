import type { Page } from '../../page/page.ts'
import { labelText, nameOf } from '../../page/reading.ts'
import { Away } from '../parts.tsx'

/** Concepts that another leads to; those of our lists have a page. */
export function Related({ page, title, iris }: { page: Page; title: string; iris: string[] }) {
  const { addresses } = page.site
  if (iris.length === 0) return null
  return (
    <section class="block">
      <h2>{title}</h2>
      <ul class="plain">
        {iris.map(iri => {
          const label = nameOf(page, iri)
          return (
            <li>
              {addresses.isConcept(iri) ? (
                <a href={page.to(addresses.pathOf(iri))}>
                  <bdi>{label ?? iri}</bdi>
                </a>
              ) : (
                <>
                  {label && (
                    <>
                      <bdi>{label}</bdi>{' '}
                    </>
                  )}
                  <Away href={iri} />
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The concepts of a list, in the order of the alphabet. */
export function Members({ page, iri }: { page: Page; iri: string }) {
  const {
    site,
    words: { t, number },
  } = page
  const {
    addresses,
    publication: { vocabulary },
  } = site
  const concepts = vocabulary.schemes.get(iri)!.concepts
  const order = new Intl.Collator(page.language)
  const rows = concepts.map(concept => ({ concept, label: labelText(page, concept.labels) ?? concept.slug })).sort((a, b) => order.compare(a.label, b.label))
  return (
    <section class="block" aria-labelledby="members">
      <h2 id="members">
        {t('concept.members')} <span class="tally">{number(rows.length)}</span>
      </h2>
      <ul class="members">
        {rows.map(({ concept, label }) => (
          <li>
            <a href={page.to(addresses.pathOf(concept.iri))}>
              <bdi>{label}</bdi>
            </a>{' '}
            <bdi class="code" dir="ltr">
              {concept.slug}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}
