import { xsd } from './namespaces.ts'
import type { Literal } from './terms.ts'

type Form = (text: string) => boolean

const like =
  (pattern: RegExp): Form =>
  text =>
    pattern.test(text)

/** Whole numbers between two bounds. Of digits that no bound has, none is read. */
const whole =
  (least: bigint | number, most: bigint | number): Form =>
  text => {
    const [, sign, digits = ''] = /^([+-]?)0*(\d+)$/.exec(text) ?? []
    if (sign === undefined) return false
    const value = digits.length > 20 ? (sign === '-' ? -Infinity : Infinity) : BigInt(digits) * (sign === '-' ? -1n : 1n)
    return value >= least && value <= most
  }
const signed = (bits: bigint) => whole(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n)
const unsigned = (bits: bigint) => whole(0n, 2n ** bits - 1n)

const zone = String.raw`(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?`
const year = String.raw`(?<year>-?(?:[1-9]\d{3,}|0\d{3}))`
const month = String.raw`(?<month>0[1-9]|1[0-2])`
const day = String.raw`(?<day>0[1-9]|[12]\d|3[01])`
const time = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)`

const leap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const lastDay = (month: number, year: number) => (month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)

/** A form with a day, which its month must have. */
function dated(form: string): Form {
  const pattern = new RegExp(`^${form}$`)
  return text => {
    const { year = 2000, month, day } = pattern.exec(text)?.groups ?? {}
    return day !== undefined && Number(day) <= lastDay(Number(month), Number(year))
  }
}

const float = like(/^([+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|[+-]?INF|NaN)$/)
const dateTime = dated(`${year}-${month}-${day}T${time}${zone}`)
const duration = like(/^-?P(?=[\dT])(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/)

/** The lexical forms of datatypes (XML Schema 1.1, part 2), by the last part of their IRI. A datatype that is not here has none that could be wrong. */
const forms: Record<string, Form> = {
  boolean: like(/^(true|false|1|0)$/),
  decimal: like(/^[+-]?(\d+(\.\d*)?|\.\d+)$/),
  float,
  double: float,
  integer: whole(-Infinity, Infinity),
  nonPositiveInteger: whole(-Infinity, 0),
  negativeInteger: whole(-Infinity, -1),
  nonNegativeInteger: whole(0, Infinity),
  positiveInteger: whole(1, Infinity),
  long: signed(64n),
  int: signed(32n),
  short: signed(16n),
  byte: signed(8n),
  unsignedLong: unsigned(64n),
  unsignedInt: unsigned(32n),
  unsignedShort: unsigned(16n),
  unsignedByte: unsigned(8n),
  dateTime,
  dateTimeStamp: text => dateTime(text) && /(Z|[+-]\d\d:\d\d)$/.test(text),
  date: dated(`${year}-${month}-${day}${zone}`),
  time: like(new RegExp(`^${time}${zone}$`)),
  gYear: like(new RegExp(`^${year}${zone}$`)),
  gYearMonth: like(new RegExp(`^${year}-${month}${zone}$`)),
  gMonth: like(new RegExp(`^--${month}${zone}$`)),
  gDay: like(new RegExp(`^---${day}${zone}$`)),
  gMonthDay: dated(`--${month}-${day}${zone}`),
  duration,
  yearMonthDuration: text => duration(text) && !/[DT]/.test(text),
  dayTimeDuration: text => duration(text) && !/^[^T]*[YM]/.test(text),
  hexBinary: text => text.length % 2 === 0 && /^[0-9a-f]*$/i.test(text),
  base64Binary(text) {
    const bare = text.replaceAll(' ', '')
    return !/^ | {2}| $/.test(text) && bare.length % 4 === 0 && /^[A-Za-z0-9+/]*([AEIMQUYcgkosw048]=|[AQgw]==)?$/.test(bare)
  },
  normalizedString: text => !/[\t\n\r]/.test(text),
  token: text => !/[\t\n\r]|^ | {2}| $/.test(text),
  language: like(/^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i),
}

const formOf = new Map(Object.entries(forms).map(([name, form]) => [xsd.iri + name, form]))

/** Whether a literal is written as its datatype asks (RDF 1.1, section 3.3: it is not ill-typed). */
export function isWellFormed({ datatype, value }: Literal): boolean {
  return formOf.get(datatype.value)?.(value) ?? true
}
