import { LONG_MAX, LONG_MIN } from '../../core/time'

/** The ends of Java's long, as numbers: what a watermark or timestamp is before the first and after the last. */
export const Long = {
  /** −2⁶³. */
  MIN_VALUE: LONG_MIN,
  /** 2⁶³ − 1; as a number the double nearest to it, which is its own. */
  MAX_VALUE: LONG_MAX,
} as const
