/** What people may do who have signed in, each all that those before may: read; talk to people and mend; decide for their body; everything. */
export const roles = ['reader', 'manager', 'steward', 'admin'] as const
export type Role = (typeof roles)[number]

export const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name)

/** Whether one of this role may do what needs another. */
export const mayAs = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed)

/** Whose matters somebody sees to: those of all bodies, or of his own alone. */
export const seesTo = ({ role, body }: { role: Role; body: string | null }, of: string | null): boolean =>
  role === 'admin' || body === null || (of !== null && body === of)
