import type { Text } from './index'

/** Where views offer to ask Why of a thing: the answer is in the inspector. */
export const whyShort = {
  ask: { en: 'Why?', zh: '为什么？' },
  of: { en: 'Why does “{what}” stand so?', zh: '“{what}”为什么是这样？' },
  more: { en: 'Why, and what would change it', zh: '原因与改法' },
  restart: { en: 'Why did it restart?', zh: '为什么重启？' },
  restartNot: { en: 'Why did it not restart?', zh: '为什么没有重启？' },
} as const satisfies Record<string, Text>
