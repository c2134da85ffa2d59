import { paths } from '../../../config/addresses.ts'
import { stateOf } from '../../../ledger/programme/kinds.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import type { Page } from '../../page/page.ts'
import type { Matter } from '../../page/programme.ts'
import { Layout } from '../layout.tsx'
import { Away, Fact } from '../parts.tsx'
import { BodyName, Datasets, StatePill, Steps, Title, Written } from './parts.tsx'

/** One request or reuse, for people: what it says, where it stands, what was answered, and the datasets that it leads to. */
export function MatterView({ page, matter: { of, steps, datasets, planned } }: { page: Page; matter: Matter }) {
  const {
    words: { t, date },
  } = page
  const { kind, id, said, body, due, at, language, supporters, picture } = of
  const isRequest = kind === 'request'
  const address = isRequest ? paths.asked(id) : paths.reuse(id)
  return (
    <Layout
      page={page}
      title={said['title'] ?? ''}
      description={said['text'] ?? ''}
      styles={['site/programme.css']}
      alternates={graphFormats.map(({ mediaType, extension }) => ({ type: mediaType, href: `${address}.${extension}` }))}
    >
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(isRequest ? paths.requests : paths.reuses)}>{t(`brought.${kind}.all`)}</a>
          </p>
          <h1>
            <Title page={page} of={of} />
          </h1>
          <p class="head-by">
            {isRequest ? <StatePill page={page} of={of} /> : <span>{t(`brought.reuse.type.${said['type']}`)}</span>}
            {said['author'] && <bdi>{said['author']}</bdi>}
            <time datetime={at}>{date(at)}</time>
          </p>
        </div>
      </div>
      <div class="wrap two">
        <div class="two-main">
          {picture && (
            <p class="picture">
              <img src={`${paths.picture(id)}?${picture}`} alt="" />
            </p>
          )}
          <Written page={page} of={of} text={said['text'] ?? ''} />
          {said['address'] && (
            <p>
              <Away href={said['address']} />
            </p>
          )}
          {said['purpose'] && (
            <section class="block" aria-labelledby="purpose">
              <h2 id="purpose">{t('brought.request.field.purpose')}</h2>
              <Written page={page} of={of} text={said['purpose']} />
            </section>
          )}
          {datasets.length > 0 && (
            <section class="block" aria-labelledby="datasets">
              <h2 id="datasets">{t(isRequest ? 'brought.request.answered_by' : 'brought.reuse.made_of')}</h2>
              <Datasets page={page} datasets={datasets} />
            </section>
          )}
          {planned && (
            <section class="block" aria-labelledby="planned">
              <h2 id="planned">{t('brought.request.planned_as')}</h2>
              <Datasets page={page} datasets={[planned]} />
            </section>
          )}
          {isRequest && (
            <section class="block" aria-labelledby="steps">
              <h2 id="steps">{t('form.steps')}</h2>
              <Steps page={page} of={of} steps={steps} />
            </section>
          )}
        </div>
        <aside class="two-side">
          {isRequest && !stateOf(kind, of.state).over && (
            <form class="panel" method="post" action={page.to(paths.support(of.id))}>
              <h2>{t('brought.request.support')}</h2>
              <p>{t('brought.request.supporters', { count: supporters })}</p>
              <p>
                <button class="button" type="submit">
                  {t('brought.request.support_it')}
                </button>
              </p>
            </form>
          )}
          <section class="panel" aria-labelledby="facts">
            <h2 id="facts">{t('facts.title')}</h2>
            <dl class="facts">
              <Fact name={t('facet.publisher')}>{body && <BodyName page={page} slug={body} />}</Fact>
              <Fact name={t('form.due')}>{due && <time datetime={due}>{date(due)}</time>}</Fact>
              <Fact name={t('form.brought_on')}>
                <time datetime={at}>{date(at)}</time>
              </Fact>
              <Fact name={t('facet.language')}>{page.site.words.get(language)?.t('meta.name')}</Fact>
            </dl>
          </section>
          <section class="panel" aria-labelledby="linked">
            <h2 id="linked">{t('forms.title')}</h2>
            <ul class="forms">
              {graphFormats.map(({ extension, mediaType, label }) => (
                <li>
                  <a href={`${address}.${extension}`} rel="alternate" type={mediaType}>
                    <bdi dir="ltr">{label}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </Layout>
  )
}
