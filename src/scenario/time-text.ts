/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar, in whole numbers, the same on every engine. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

const lengthOfMonth = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

const ISO = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Milliseconds since the epoch that a cell stands for: a number, a text of digits, or an ISO date with or without a time.
 * A date without a zone is UTC. Fractions of a millisecond are cut off. null: no time at all.
 */
export function parseTime(cell: string | number | boolean | null): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? Math.floor(cell) : null
  if (typeof cell !== 'string') return null
  const text = cell.trim()
  if (/^[+-]?\d{1,16}(\.\d+)?$/.test(text)) {
    const ms = Math.floor(Number(text))
    return Number.isSafeInteger(ms) ? ms : null
  }
  const match = ISO.exec(text)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month) || hour > 24 || minute > 59 || second > 59) return null
  if (hour === 24 && (minute > 0 || second > 0)) return null
  const millis = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const zone = match[8]
  const offset =
    zone === undefined || /^z$/i.test(zone) ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
  return daysOf(year, month, day) * 86_400_000 + (hour * 60 + minute - offset) * 60_000 + second * 1000 + millis
}
