const no = '\u00a0'
const narrow = '\u202f'

/**
 * French as it is printed, of a text that was written with the signs of a keyboard: the apostrophe of print; no line ends before a colon, a percent sign or
 * within quotation marks, and narrow spaces stand before other high marks. Addresses and times, which have no space before a colon, stay as they are.
 */
const french = (text: string): string =>
  text
    .replace(/(?<=\p{L})'(?=[\p{L}\d{«<])|(?<=(?:^|\P{L})(?:[cdjlmnst]|qu))'$/giu, '’')
    .replaceAll('« ', `«${no}`)
    .replaceAll(' »', `${no}»`)
    .replace(/ (?=:(?:\s|$|<))/g, no)
    .replace(/ (?=%(?:[\s.,;)]|$))/g, no)
    .replace(/ (?=[;!?](?:[\s»)]|$))/g, narrow)

/** A text of ours as its language is printed: what publishers wrote is shown as they wrote it. */
export const printed = (text: string, language: string): string => (language === 'fr' ? french(text) : text)
