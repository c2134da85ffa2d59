const no = '\u00a0'
const narrow = '\u202f'

/**
 * French with the spaces that no line may end at: before a colon, a percent sign and inside quotation marks, and narrow ones before other high marks. Files
 * keep the spaces of a keyboard; addresses and times, which have none before a colon, stay as they are.
 */
export const frenchSpaces = (text: string): string =>
  text
    .replaceAll('« ', `«${no}`)
    .replaceAll(' »', `${no}»`)
    .replace(/ (?=:(?:\s|$|<))/g, no)
    .replace(/ (?=%(?:[\s.,;)]|$))/g, no)
    .replace(/ (?=[;!?](?:[\s»)]|$))/g, narrow)
