import { paths } from '../../config/addresses.ts'
import { adms, dcat, dcatap, dct, fihrist, foaf, rdf, schema, skos, stat, vcard } from '../../rdf/namespaces.ts'
import { isLiteral, type NamedNode, type Term } from '../../rdf/terms.ts'
import type { Dossier } from '../page/dossier.ts'
import { resourceFormats } from '../http/negotiation.ts'
import type { Page } from '../page/page.ts'
import { choose } from '../../words/choose.ts'
import type { Reading } from '../page/reading.ts'
import { namedAll } from './named.tsx'
import { Away, Fact, Pill, SourceName } from './parts.tsx'

/** The facts beside a dataset: when, where, whose, how often; our record of it; and its other forms. */
export function factsOf(page: Page, reading: Reading, dossier: Dossier) {
  const {
    words: { t, date, moment },
  } = page
  const { dataset, record } = dossier
  const some = (...properties: NamedNode[]) => namedAll(page, reading, reading.take(dataset, ...properties))
  const dates = (values: Term[]) => values.filter(isLiteral).map(each => <time datetime={each.value}>{date(each.value)}</time>)
  return (
    <>
      <section class="panel" aria-labelledby="facts">
        <h2 id="facts">{t('facts.title')}</h2>
        <dl class="facts">
          <Fact name={t('fact.stage')}>{some(adms.status)}</Fact>
          <Fact name={t('fact.available')}>{dates(reading.take(dataset, dct.available))}</Fact>
          <Fact name={t('fact.issued')}>{dates(reading.take(dataset, dct.issued))}</Fact>
          <Fact name={t('fact.modified')}>{dates(reading.take(dataset, dct.modified))}</Fact>
          <Fact name={t('fact.frequency')}>{some(dct.accrualPeriodicity)}</Fact>
          <Fact name={t('fact.collection')}>{some(fihrist.collectionFrequency)}</Fact>
          <Fact name={t('fact.period')}>{reading.take(dataset, dct.temporal).map(each => periodOf(page, reading, each))}</Fact>
          <Fact name={t('fact.places')}>{some(dct.spatial)}</Fact>
          <Fact name={t('fact.level')}>{some(fihrist.disaggregationLevel)}</Fact>
          <Fact name={t('fact.unit')}>{some(stat.statUnitMeasure)}</Fact>
          <Fact name={t('fact.dimensions')}>{some(stat.dimension)}</Fact>
          <Fact name={t('fact.attributes')}>{some(stat.attribute)}</Fact>
          <Fact name={t('fact.series')}>{some(stat.numSeries)}</Fact>
          <Fact name={t('fact.language')}>{some(dct.language)}</Fact>
          <Fact name={t('fact.rights')}>{some(dct.accessRights)}</Fact>
          <Fact name={t('fact.legislation')}>{some(dcatap.applicableLegislation)}</Fact>
          <Fact name={t('fact.standard')}>{some(dct.conformsTo)}</Fact>
          <Fact name={t('fact.version')}>{some(dcat.version)}</Fact>
          <Fact name={t('fact.contact')}>{reading.take(dataset, dcat.contactPoint).map(each => contactOf(page, reading, each))}</Fact>
          <Fact name={t('fact.landing')}>
            {reading.take(dataset, dcat.landingPage, foaf.page).map(each => (
              <Away href={each.value} />
            ))}
          </Fact>
          <Fact name={t('fact.identifier')}>
            {[...reading.take(dataset, dct.identifier), ...identifiers(reading, dataset)].map(each => (
              <bdi class="code" dir="ltr">
                {each.value}
              </bdi>
            ))}
          </Fact>
        </dl>
      </section>
      <section class="panel" aria-labelledby="record">
        <h2 id="record">{t('record.title')}</h2>
        <dl class="facts">
          <Fact name={t('record.source')}>
            <SourceName page={page} id={record.source} />
          </Fact>
          <Fact name={t('record.state')}>
            <Pill kind={record.admission}>{t(`admission.${record.admission}`)}</Pill>
          </Fact>
          <Fact name={t('record.first')}>
            <time datetime={record.issued}>{date(record.issued)}</time>
          </Fact>
          <Fact name={t('record.changed')}>
            <time datetime={record.modified}>{date(record.modified)}</time>
          </Fact>
          <Fact name={t('record.seen')}>
            <time datetime={record.seen_at}>{moment(record.seen_at)}</time>
          </Fact>
          <Fact name={t('record.iri')}>
            <bdi class="code" dir="ltr">
              {record.dataset}
            </bdi>
          </Fact>
        </dl>
        <p>
          <a href={page.to(paths.record(record.id))}>{t('record.see')}</a>
        </p>
      </section>
      <section class="panel" aria-labelledby="forms">
        <h2 id="forms">{t('forms.title')}</h2>
        <ul class="forms">
          {resourceFormats.map(format => (
            <li>
              <a href={`${paths.dataset(record.id)}.${format.extension}`} rel="alternate" type={format.mediaType}>
                <bdi dir="ltr">{format.label}</bdi>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function identifiers(reading: Reading, dataset: Term): Term[] {
  return reading.take(dataset, adms.identifier).flatMap(each => (isLiteral(each) ? [each] : reading.take(each, skos.notation)))
}

function periodOf(page: Page, reading: Reading, period: Term) {
  if (isLiteral(period)) return <bdi>{period.value}</bdi>
  const {
    words: { t, date },
  } = page
  reading.take(period, rdf.type)
  const [from] = reading.take(period, dcat.startDate, schema.startDate)
  const [to] = reading.take(period, dcat.endDate, schema.endDate)
  const shown =
    from && to
      ? t('fact.from_to', { from: date(from.value), to: date(to.value) })
      : from
        ? t('fact.from', { from: date(from.value) })
        : to
          ? t('fact.until', { to: date(to.value) })
          : undefined
  return <span>{shown ?? namedAll(page, reading, [period])}</span>
}

function contactOf(page: Page, reading: Reading, contact: Term) {
  if (isLiteral(contact)) return <bdi>{contact.value}</bdi>
  reading.take(contact, rdf.type)
  const name = choose({ ...reading.texts(contact, vcard.fn) }, page.reading)
  return (
    <span class="contact">
      {name && <bdi>{name.text}</bdi>}
      {reading.take(contact, vcard.hasEmail, vcard.hasTelephone, vcard.hasURL).map(each => (
        <Away href={each.value} />
      ))}
    </span>
  )
}
