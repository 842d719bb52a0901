/** A finite positive number as Java's Double.toString prints it: `1.5`, `2.0`, `1.0E9`, `1.0E-4`. */
export function javaDouble(value: number): string {
  const withPoint = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`)
  if (value === 0 || (value >= 1e-3 && value < 1e7)) return withPoint(String(value))
  const [mantissa, exponent] = value.toExponential().split('e')
  return `${withPoint(mantissa!)}E${Number(exponent)}`
}
