/**
 * Every text a person reads, in both languages, typed: a part of the dictionary is a file that exports
 * `{ key: { en, zh } }`; `{name}` in a text is filled from the arguments. Imports nothing but its own parts.
 */
export type Language = 'en' | 'zh'
export interface Text {
  readonly en: string
  readonly zh: string
}
export type Arguments = Readonly<Record<string, string | number>>

export const fill = (text: string, args: Arguments = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole))

export const say = (text: Text, language: Language, args?: Arguments): string => fill(text[language], args)
