import { captureThread } from '../../../client/fence'
import { openDoor } from '../../../minicluster/workers/door'

/** A door with no fence behind it: only the frame's policy holds what runs here. */
openDoor(captureThread(globalThis), {
  run: async (code: string) => {
    try {
      await (new Function(code)() as unknown)
      return 'let through'
    } catch {
      return 'refused'
    }
  },
})
