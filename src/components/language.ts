import { getContext, setContext } from 'svelte'
import { say, type Arguments, type Language, type Text } from '../i18n'

const KEY = Symbol('language')

/** Called once, by whoever owns the page or the embed. */
export const provideLanguage = (language: () => Language): void => void setContext(KEY, language)

export const useLanguage = (): (() => Language) => getContext<(() => Language) | undefined>(KEY) ?? (() => 'en')

/** `t(text, args)` in the language around this component; reading it in markup follows a change of language. */
export function useText(): (text: Text, args?: Arguments) => string {
  const language = useLanguage()
  return (text, args) => say(text, language(), args)
}
