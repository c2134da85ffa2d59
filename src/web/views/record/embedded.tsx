import { paths } from '../../../config/addresses.ts'
import type { Page } from '../../page/page.ts'
import type { ListedRecord } from '../../page/query.ts'
import { Mark } from '../icons.tsx'
import { Card } from '../list/card.tsx'
import { PortalText } from '../parts.tsx'

/** A dataset as other sites show it within a page of theirs: its card, and whose it is. What is opened from it opens by itself. */
export function EmbeddedView({ page, card }: { page: Page; card: ListedRecord }) {
  const { site, words, language } = page
  const asset = site.assets.address
  return (
    <html lang={language} dir={words.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{card.record.id}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <base target="_blank" />
        {['site/fonts.css', 'site/site.css'].map(style => (
          <link rel="stylesheet" href={asset(style)} />
        ))}
      </head>
      <body class="embedded">
        <main>
          <Card page={page} card={card} />
          <p>
            <a class="brand" href={page.to(paths.home)} rel="noopener">
              <Mark />
              <span>
                <PortalText page={page} texts={site.publication.catalogue.title} />
              </span>
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
