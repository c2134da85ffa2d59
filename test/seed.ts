import fc from 'fast-check'

/**
 * What tests that try what nobody thought of begin with: the same in every run, so that a change is stopped by what it changed and by nothing else. Others are
 * tried with `FIHRIST_SEED=$RANDOM`.
 */
export const seed = Number(process.env['FIHRIST_SEED'] ?? 1)

/** So many times as much as is tried otherwise. */
export const fuzz = Number(process.env['FIHRIST_FUZZ'] ?? 1)

fc.configureGlobal({ seed })
