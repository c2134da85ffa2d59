import { Problem } from '../../problem.ts'

const mend =
  'Ask the portal to send its whole chain; or put the certificate of its authority, from a hand you trust, into a file and name that in the source: ca: ' +
  'certs/chain.pem.'
const incomplete = 'its chain is incomplete: the certificate of the authority that signed it is neither sent nor known here'
const renew = 'Ask the portal to renew it: ca: of the source mends only a chain that ends at no known authority.'

/** Why a certificate is not believed, and what mends it, by the code of OpenSSL. */
const reasons: Record<string, [why: string, advice: string]> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'it is self-signed',
    'Ask the portal for one of a known authority; or put it, from a hand you trust, into a file and name that in the source: ca: certs/portal.pem.',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: ['its chain ends at a self-signed authority that is not known here', mend],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [incomplete, mend],
  UNABLE_TO_GET_ISSUER_CERT: [incomplete, mend],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [incomplete, mend],
  CERT_UNTRUSTED: ['its authority is not trusted here', mend],
  CERT_HAS_EXPIRED: ['it, or one of its chain, has expired', renew],
  CERT_NOT_YET_VALID: ['it is not valid yet: the clock here or there may be wrong', renew],
  CERT_REVOKED: ['it was revoked', renew],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'it is for another name',
    "Check the host in the source's url, or ask the portal for a certificate of this name: ca: of the source does not mend this.",
  ],
}

/** A broken certificate as a Problem that names the host, the reason and what to do; undefined for any other failure. */
export function certificateProblem(error: unknown, url: string): Problem | undefined {
  const reason = reasons[String((error as { code?: unknown }).code)]
  return reason && new Problem('bad-certificate', `The certificate of ${new URL(url).host} is not believed: ${reason[0]}. ${reason[1]}`, { url }, error)
}
