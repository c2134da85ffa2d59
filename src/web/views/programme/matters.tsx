import { paths } from '../../../config/addresses.ts'
import type { Contribution } from '../../../ledger/programme/contributions.ts'
import type { Page } from '../../page/page.ts'
import type { MatterList } from '../../page/programme.ts'
import { changed, facetLabel } from '../../page/query.ts'
import { Layout } from '../layout.tsx'
import { Pages } from '../pages.tsx'
import { BodyName, StatePill, Title } from './parts.tsx'
import { Tabs } from './tabs.tsx'

const addresses = { request: paths.requests, reuse: paths.reuses, report: paths.requests } as const
const one = { request: paths.asked, reuse: paths.reuse, report: paths.brought } as const

/** What people asked for, or made of datasets. */
export function MattersView({ page, list }: { page: Page; list: MatterList }) {
  const { t, has } = page.words
  const { kind, all, counts, ofKind, chosen, at, last } = list
  const words = `brought.${kind}`
  const address = addresses[kind]
  const choices = kind === 'request' ? (['', 'open', 'over'] as const) : []
  return (
    <Layout
      page={page}
      title={t(`${words}.all`)}
      description={t(`${words}.all_text`)}
      styles={['site/programme.css']}
      alternates={[{ type: 'application/atom+xml', href: `${address}.atom`, title: t(`${words}.all`) }]}
    >
      <div class="head">
        <div class="wrap">
          <Tabs page={page} at={kind === 'reuse' ? 'reuses' : 'requests'} />
          <h1>{t(`${words}.all`)}</h1>
          <p class="head-text">{t(`${words}.all_text`)}</p>
          <p class="forms">
            <a class="form-new" href={page.to(kind === 'reuse' ? paths.newReuse : paths.newRequest)}>
              {t(`${words}.new`)}
            </a>
            {['atom', 'ttl', 'json'].map(extension => (
              <a href={`${address}.${extension}`}>{{ atom: 'Atom', ttl: 'Turtle', json: 'JSON' }[extension]}</a>
            ))}
          </p>
        </div>
      </div>
      <div class="wrap band">
        {chosen.of && (
          <p>
            {t(`facet.${chosen.of.dimension}`)}{' '}
            <strong>
              <bdi>{facetLabel(page, chosen.of.dimension, chosen.of.value)}</bdi>
            </strong>{' '}
            · <a href={page.to(address)}>{t(`form.state.all`, { count: ofKind })}</a>
          </p>
        )}
        {choices.length > 0 && (
          <nav class="sorting" aria-label={t('form.filter')}>
            {choices.map(choice => (
              <a
                href={page.to(
                  address,
                  changed(page.query, next => (choice === '' ? next.delete('state') : next.set('state', choice))),
                )}
                aria-current={chosen.state === choice ? 'true' : undefined}
              >
                {t(`form.state.${choice || 'all'}`, { count: choice === '' ? counts.open + counts.over : counts[choice] })}
              </a>
            ))}
          </nav>
        )}
        {all.length === 0 ? (
          <div class="nothing">
            <h2>{t(`${words}.none`)}</h2>
            {has(`${words}.none_text`) && <p>{t(`${words}.none_text`)}</p>}
          </div>
        ) : (
          <div class="cards cards-wide">
            {all.map(each => (
              <Card page={page} of={each} />
            ))}
          </div>
        )}
        <Pages page={page} at={at} last={last} />
      </div>
    </Layout>
  )
}

/** One of them in a list. */
export function Card({ page, of }: { page: Page; of: Contribution }) {
  const {
    words: { t, date },
  } = page
  const { kind, id, body, at, supporters, picture, said } = of
  return (
    <article class="card">
      {picture && (
        <a class="card-picture" href={page.to(one[kind](id))} tabindex={-1} aria-hidden="true">
          <img src={`${paths.picture(id)}?${picture}`} alt="" loading="lazy" />
        </a>
      )}
      <p class="card-state">
        {kind === 'reuse' ? t(`brought.reuse.type.${said['type']}`) : <StatePill page={page} of={of} />}
        {kind === 'request' && supporters > 0 && <span>{t('brought.request.supporters', { count: supporters })}</span>}
      </p>
      <h2>
        <a href={page.to(one[kind](id))}>
          <Title page={page} of={of} />
        </a>
      </h2>
      <p class="card-text">
        <bdi lang={of.language === page.language ? undefined : of.language}>{said['text']}</bdi>
      </p>
      <p class="card-end">
        {kind === 'reuse' ? said['author'] && <bdi>{said['author']}</bdi> : body && <BodyName page={page} slug={body} />}
        <time class="card-date" datetime={at}>
          {date(at)}
        </time>
      </p>
    </article>
  )
}
