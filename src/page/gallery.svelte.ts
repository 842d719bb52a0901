import { untrack } from 'svelte'
import { say, type Language } from '../i18n'
import { galleryGroups } from '../i18n/gallery'
import type { Session } from '../session/session.svelte'
import type { GalleryEntry, thingOf } from '../trace/gallery'

export interface GalleryListed {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly says: string
}

/** All entries, in the order of their groups. They are fetched when somebody first wants them. */
export async function loadGallery(language: Language): Promise<readonly GalleryListed[]> {
  const { GALLERY } = await import('../session/gallery')
  return GALLERY.map(({ id, group, title, says }) => ({
    id,
    group: say(galleryGroups[group]!, language),
    title: say(title, language),
    says: say(says, language),
  }))
}

/** Opens an entry's scenario, runs it, and goes to the moment that it is about. */
export async function openGallery(session: Session, id: string): Promise<void> {
  const { galleryItem, galleryScenario, thingOf } = await import('../session/gallery')
  const item = galleryItem(id)
  if (item === null) return
  const language = session.settings.get('language')
  const scenario = await galleryScenario(id)
  session.open({ ...scenario, name: say(item.title, language) }, 'template', {
    bookmark: { time: 0, views: item.views, pane: 'program', note: say(item.says, language) },
  })
  if (await session.run({ play: false })) goThere(session, item, thingOf)
}

/** As soon as the run has come to it; not if the person has begun to move, or opened something else. */
function goThere(session: Session, item: GalleryEntry, thing: typeof thingOf): void {
  const { runner, player } = session
  const { log } = runner
  const stop = $effect.root(() => {
    $effect(() => {
      const { header, count } = runner
      if (header === null || log === null || runner.log !== log || player.playing || untrack(() => player.event) > 0) return leave()
      if (count === 0) return
      const event = item.shows[item.at]!.find({ header, log })
      if (event < 0) {
        if (runner.complete) leave()
        return
      }
      untrack(() => {
        // What one thing brings about at once belongs to it.
        player.seek({ event: log.lastAt(log.timeAt(event)) })
        session.select(thing({ log }, log.at(event)))
      })
      leave()
    })
  })
  // An effect cannot end its own root while it runs.
  const leave = (): void => void Promise.resolve().then(stop)
}
