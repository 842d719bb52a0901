import type { Command } from '../components/CommandPalette.svelte'
import { say, type Language, type Text } from '../i18n'
import { forks as forkTexts } from '../i18n/forks'
import { gallery } from '../i18n/gallery'
import { interventions } from '../i18n/interventions'
import { shell } from '../i18n/shell'
import { views } from '../i18n/views'
import type { Session } from '../session/session.svelte'
import { VIEWS } from '../views/registry'
import type { Interventions } from './interventions.svelte'
import { isMac } from './keys'
import type { LibraryMenu } from './libraryMenu.svelte'
import { planActions } from './planActions'

interface Reach {
  readonly session: Session
  readonly interventions: Interventions
  readonly library: LibraryMenu
}

/** What the palette offers now; `Actions.command` does it by its id. */
export function commandsOf(language: Language, { session, interventions: hand, library }: Reach): readonly Command[] {
  const t = (text: Text, args?: Record<string, string | number>) => say(text, language, args)
  const { runner, forks, comparison } = session
  const on = runner.log !== null && !runner.still
  const mac = isMac()
  const named = (text: Text) => t(text)
  return [
    { id: 'run', group: t(shell.groupDo), label: t(shell.run), keys: mac ? '⌘↵' : 'Ctrl ↵' },
    ...(runner.underWay ? [{ id: 'stop', group: t(shell.groupDo), label: t(shell.stop) }] : []),
    ...(runner.phase === 'stopped' ? [{ id: 'goOn', group: t(shell.groupDo), label: t(shell.goOn) }] : []),
    { id: 'share', group: t(shell.groupDo), label: t(shell.share) },
    { id: 'undo', group: t(shell.groupDo), label: t(shell.undo), keys: mac ? '⌘Z' : 'Ctrl Z' },
    { id: 'redo', group: t(shell.groupDo), label: t(shell.redo) },
    ...planActions(session, language).map((action) => ({ ...action, group: t(shell.groupDo) })),
    ...(on
      ? [
          { id: 'play', group: t(shell.groupGo), label: t(session.player.playing ? shell.pause : shell.play), keys: 'Space' },
          { id: 'start', group: t(shell.groupGo), label: t(shell.start), keys: 'Home' },
          { id: 'end', group: t(shell.groupGo), label: t(shell.end), keys: 'End' },
          { id: 'stepSelected', group: t(shell.groupGo), label: t(shell.nextOfSelection), keys: 'Shift →' },
          { id: 'kill', group: t(shell.groupDo), label: t(interventions.paletteStop), keys: 'K' },
          ...hand.commands().map(({ id, label }) => ({ id: `intervene:${id}`, group: t(shell.groupDo), label })),
          { id: 'fork', group: t(forkTexts.title), label: t(forkTexts.forkHere), keys: 'F' },
          ...forks.list.flatMap(({ id, name }) =>
            id === forks.current
              ? []
              : [
                  { id: `fork:${id}`, group: t(forkTexts.title), label: t(forkTexts.show, { name }) },
                  { id: `compare:${id}`, group: t(forkTexts.title), label: t(forkTexts.compareWith, { name }) },
                ],
          ),
          ...(comparison.fork === null
            ? []
            : [
                { id: 'pair', group: t(forkTexts.title), label: t(forkTexts.pair) },
                { id: 'compare:stop', group: t(forkTexts.title), label: t(forkTexts.stopComparing) },
              ]),
          { id: 'backSelected', group: t(shell.groupGo), label: t(shell.previousOfSelection), keys: 'Shift ←' },
        ]
      : []),
    ...VIEWS.flatMap((view, i) =>
      view.compares === true && comparison.fork === null
        ? []
        : [
            {
              id: `view:${i}`,
              group: t(shell.groupView),
              label: named((views as Readonly<Record<string, Text>>)[view.title]!),
              ...(i < 9 ? { keys: String(i + 1) } : {}),
            },
          ],
    ),
    { id: 'split:one', group: t(shell.groupView), label: t(shell.splitOne) },
    { id: 'split:side', group: t(shell.groupView), label: t(shell.splitSide) },
    { id: 'split:stack', group: t(shell.groupView), label: t(shell.splitStack) },
    ...(['lesson', 'program', 'events', 'cluster'] as const).map((pane) => ({
      id: `pane:${pane}`,
      group: t(shell.groupShow),
      label: t({ lesson: shell.tabLesson, program: shell.tabProgram, events: shell.tabEvents, cluster: shell.tabCluster }[pane]),
    })),
    { id: 'theme:system', group: t(shell.theme), label: t(shell.themeSystem) },
    { id: 'theme:light', group: t(shell.theme), label: t(shell.themeLight) },
    { id: 'theme:dark', group: t(shell.theme), label: t(shell.themeDark) },
    { id: 'times:clock', group: t(shell.groupShow), label: t(shell.timesClock) },
    { id: 'times:offset', group: t(shell.groupShow), label: t(shell.timesOffset) },
    { id: 'times:raw', group: t(shell.groupShow), label: t(shell.timesRaw) },
    { id: 'language:en', group: t(shell.language), label: 'English' },
    { id: 'language:zh', group: t(shell.language), label: '中文' },
    ...library
      .items(language)
      .filter(({ heading }) => heading !== true)
      .map(({ id, label }) => ({ id: `library:${id}`, group: t(shell.groupOpen), label })),
    ...library.galleryItems().map(({ id, group, label }) => ({ id: `library:${id}`, group: `${t(gallery.title)} · ${group}`, label })),
    { id: 'help', group: t(shell.groupShow), label: t(shell.keys), keys: '?' },
  ]
}
