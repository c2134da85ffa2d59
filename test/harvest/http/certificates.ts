import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const haveOpenssl = spawnSync('openssl', ['version']).status === 0

/** A root, an authority below it, and certificates for 127.0.0.1 and portal.test: good, expired, of another name, and self-signed. */
export interface Authority {
  pem(name: 'root' | 'middle' | 'good' | 'expired' | 'other' | 'self'): string
  key: string
  close(): void
}

export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-ca-'))
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
  const extensions = (name: string, lines: string) => writeFileSync(join(folder, `${name}.ext`), lines)
  const signed = (name: string, by: string, lines: string, days: string) => {
    extensions(name, lines)
    openssl('req', '-new', '-key', 'key.pem', '-subj', `/CN=${name}`, '-out', `${name}.csr`)
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      `${by}.pem`,
      '-CAkey',
      `${by}.key`,
      '-set_serial',
      String(Math.floor(Math.random() * 1e9)),
      '-days',
      days,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    )
  }
  const here = 'subjectAltName=IP:127.0.0.1,DNS:portal.test\n'
  for (const key of ['key.pem', 'root.key', 'middle.key']) openssl('ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', key)
  openssl('req', '-x509', '-new', '-key', 'root.key', '-subj', '/CN=root', '-days', '30', '-out', 'root.pem')
  extensions('middle', 'basicConstraints=critical,CA:TRUE\n')
  openssl('req', '-new', '-key', 'middle.key', '-subj', '/CN=middle', '-out', 'middle.csr')
  openssl(
    'x509',
    '-req',
    '-in',
    'middle.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-set_serial',
    '2',
    '-days',
    '30',
    '-extfile',
    'middle.ext',
    '-out',
    'middle.pem',
  )
  signed('good', 'middle', here, '30')
  signed('expired', 'middle', here, '-1')
  signed('other', 'middle', 'subjectAltName=DNS:elsewhere.test\n', '30')
  openssl('req', '-x509', '-new', '-key', 'key.pem', '-subj', '/CN=self', '-addext', here.trim(), '-days', '30', '-out', 'self.pem')
  const pem = (name: string) => readFileSync(join(folder, name.includes('.') ? name : `${name}.pem`), 'utf8')
  return { pem, key: pem('key.pem'), close: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A server that answers `well` to all, with this certificate. */
export async function startSecure(cert: string, key: string): Promise<{ port: number; url: string; close(): Promise<void> }> {
  const server = createServer({ cert, key }, (_request, response) => void response.end('well'))
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `https://127.0.0.1:${port}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
