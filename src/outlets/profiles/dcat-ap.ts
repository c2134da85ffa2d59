import { profileNamed } from '../profile-node.ts'
import type { Profile } from './profile.ts'

/** DCAT-AP 3: what is published. */
export const dcatAp: Profile = { name: 'dcat-ap', iri: profileNamed('dcat-ap').value }
