import { children, type Element } from '../readers/xml/xml.ts'

/** Elements that hold records and are none: answers of CSW and OAI-PMH as they are saved. */
const envelopes = /^(?:GetRecordsResponse|GetRecordByIdResponse|SearchResults|OAI-PMH|ListRecords|GetRecord|record|metadata)$/
/** What stands beside the records there. */
const beside = /^(?:SearchStatus|RequestId|responseDate|request|header|about|resumptionToken|error)$/
const spaces = /^http:\/\/www\.(?:opengis\.net\/cat\/csw\/(?:2\.0\.2|3\.0)|openarchives\.org\/OAI\/2\.0\/)$/

/** The records in a document: those in the envelope of an answer that was saved, or the one that it is. */
export function* recordsIn(root: Element): Generator<Element> {
  if (!envelopes.test(root.name) || !spaces.test(root.space)) return yield root
  for (const each of children(root)) if (!beside.test(each.name)) yield* recordsIn(each)
}
