import { stringify } from 'yaml'
import type { Source } from './sources.ts'

/** What a file of harvesters/ is begun with, and what people should know before they enable it. */
export type Draft = Pick<Source, 'title' | 'protocol' | 'url'> & {
  language?: string | undefined
  options?: Record<string, unknown> | undefined
  remarks: string[]
}

/** The text of a source's file: disabled until somebody has looked at it. */
export function sourceText({ remarks, title, protocol, url, language, options }: Draft): string {
  const source = { title, protocol, url, ...(language && { language }), enabled: false, ...(options && Object.keys(options).length > 0 && { options }) }
  return `${remarks.map(remark => `# ${remark.replace(/\s+/g, ' ')}\n`).join('')}${stringify(source, { lineWidth: 0, flowCollectionPadding: true })}`
}
