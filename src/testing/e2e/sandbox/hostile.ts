import { programGlobals, raiseFence, captureThread } from '../../../client/fence'
import { Configuration } from '../../../core/configuration'
import { openDoor } from '../../../minicluster/workers/door'

/** A door behind which any text runs: what a program can do when nothing but the fence and the frame holds it. */
const behind = captureThread(globalThis)
const world = { configuration: Configuration.fromMap({}), now: () => 5, nextUint32: () => 7, print: () => {} }
const left = raiseFence(globalThis, world)

openDoor(behind, {
  left: () => left,
  /** As a function that a program made by `Function`, and that our code calls. */
  runSloppy: (code: string) => String(new Function(code)()),
  /** Strict, as programs are. Gives a text back, whatever came out. */
  run: (code: string) => {
    const globals = programGlobals(world)
    try {
      return String(new Function(...Object.keys(globals), `'use strict'; ${code}`)(...Object.values(globals)))
    } catch (error) {
      return `thrown: ${String(error)}`
    }
  },
})
