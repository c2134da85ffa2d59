/** Names of parameters of an address that say who may ask, as portals and stores of files call them: what they hold is nobody else's business. */
const names = [
  '(?:(?:access|api|auth|private|security|session|x-amz-security)[-_]?)?token',
  '(?:(?:access|account|api|auth|(?:ocp-apim-)?subscription)[-_]?)?key',
  '(?:client[-_]?)?secret',
  'passw(?:or)?d|pwd|jwt|auth|sig',
  '(?:x-amz-)?signature|x-amz-credential',
].join('|')

const isSecret = new RegExp(`^(?:${names})$`, 'i')
const secrets = new RegExp(`([?&;](?:${names})=)[^&#;\\s"'<>]+`, 'gi')

/** The first parameter of an address that looks like a key; undefined where none does. */
export const secretIn = (address: string): string | undefined =>
  URL.canParse(address) ? [...new URL(address).searchParams.keys()].find(name => isSecret.test(name)) : undefined

/** A text with the addresses in it, less the keys that they hold: `…?token=…`. */
export const withoutSecrets = (text: string): string => text.replace(secrets, '$1…')
