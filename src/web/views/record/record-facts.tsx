import type { ComponentChildren } from 'preact'
import type { RecordRow } from '../../../ledger/records/records.ts'
import type { Page } from '../../page/page.ts'
import { Fact, Pill, SourceName } from '../parts.tsx'

/** What our entry about a dataset says of itself, each by the word under `record` that names it. */
const facts = {
  source: (page, record) => <SourceName page={page} id={record.source} />,
  state: ({ words: { t } }, { admission }) => <Pill kind={admission}>{t(`admission.${admission}`)}</Pill>,
  key: (_page, record) => <Code text={record.key} />,
  iri: (_page, record) => <Code text={record.dataset} />,
  first: ({ words: { date } }, { issued }) => <time datetime={issued}>{date(issued)}</time>,
  changed: ({ words: { date } }, { modified }) => <time datetime={modified}>{date(modified)}</time>,
  seen: ({ words: { moment } }, { seen_at: seen }) => <time datetime={seen}>{moment(seen)}</time>,
  revision: ({ words: { number } }, record) => number(record.modified_revision),
} satisfies Record<string, (page: Page, record: RecordRow) => ComponentChildren>

/** Some of the facts of a record, in the order in which they are named. */
export function RecordFacts({ page, record, names }: { page: Page; record: RecordRow; names: (keyof typeof facts)[] }) {
  return (
    <dl class="facts">
      {names.map(name => (
        <Fact name={page.words.t(`record.${name}`)}>{facts[name](page, record)}</Fact>
      ))}
    </dl>
  )
}

const Code = ({ text }: { text: string }) => (
  <bdi class="code" dir="ltr">
    {text}
  </bdi>
)
