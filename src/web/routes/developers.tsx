import { html } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { DevelopersView } from '../views/developers.tsx'

/** Where those who write programs begin. Its help is a page that an edition may have. */
export const developers: Resource<{ help: boolean }> = {
  find: ({ site }) => ({ help: site.texts.some(({ slug }) => slug === 'help-developers') }),
  as: [html(({ help }, page) => <DevelopersView page={page} help={help} />)],
}
