import { existsSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { inspect } from '../../ledger/file/backup.ts'
import { sentence } from '../../problem.ts'
import { size, warning, well, wrong, type Check } from './check.ts'

/** The data folder: is it there, and may this user write in it? */
export const folder: Check = ({ data }) => {
  const path = resolve(data)
  if (!existsSync(path)) return [warning(`${path} is not there yet`, 'It is made by the first harvest. Where there should be one, check --data.')]
  const probe = join(path, `.doctor-${process.pid}`)
  try {
    writeFileSync(probe, '')
    mkdirSync(join(path, 'locks'), { recursive: true })
    return [well(`${path} can be written`)]
  } catch (error) {
    return [wrong(`${path} cannot be written: ${sentence(error)}`, 'Give the folder, and all that is in it, to the user that runs fihrist.')]
  } finally {
    rmSync(probe, { force: true })
  }
}

/** The ledger: every page of it is read. */
export const ledger: Check = ({ data }) => {
  const file = join(resolve(data), 'ledger.sqlite')
  if (!existsSync(file)) return [warning('there is no ledger yet', 'Nothing was harvested into this folder: fihrist harvest.')]
  try {
    const { revision, version } = inspect(file)
    return [well(`revision ${revision}, schema ${version}, ${size(statSync(file).size)}, every page of it whole`)]
  } catch (error) {
    return [
      wrong(
        sentence(error),
        'Stop serve and harvest, keep a copy of the folder, and restore the last backup: fihrist restore FILE --force. ' +
          'What was harvested since comes again with the next runs.',
      ),
    ]
  }
}

/** A migration or a restore writes the ledger once more beside the old one; images of the store are rewritten too. */
const leastFree = 1e9

/** The disk that the data folder lies on. */
export const disk: Check = ({ data }) => {
  let path = resolve(data)
  while (!existsSync(path)) path = dirname(path)
  const { bavail, bsize, ffree, files } = statfsSync(path)
  const [free, file] = [bavail * bsize, join(path, 'ledger.sqlite')]
  const needed = Math.max(leastFree, existsSync(file) ? 2 * statSync(file).size : 0)
  if (files > 0 && ffree < 1000) return [wrong(`${path}: ${ffree} files can still be made`, 'Free inodes of this file system.')]
  if (free < needed / 10)
    return [
      wrong(
        `${size(free)} free beside ${path}`,
        `Make room, or move the data folder: fihrist prune lets go of what is kept of former versions. ${size(needed)} should be free.`,
      ),
    ]
  if (free < needed)
    return [warning(`${size(free)} free beside ${path}`, `${size(needed)} should be free: an upgrade may write the ledger once more. See fihrist prune.`)]
  return [well(`${size(free)} free`)]
}
