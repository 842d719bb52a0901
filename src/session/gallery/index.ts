import type { Scenario } from '../../scenario/types'
import { GALLERY_GROUPS, thingOf, type GalleryEntry } from '../../trace/gallery'
import { buildScenario } from './build'

/** Globbed as lessons are: to add one is to add a folder. What they say of themselves comes with this module, the rest when one is opened. */
const abouts = import.meta.glob<GalleryEntry>('../../../lessons/gallery/*/about.ts', { eager: true, import: 'about' })
const texts = import.meta.glob<string>('../../../lessons/gallery/*/{program.ts,scenario.json}', { query: '?raw', import: 'default' })

const ROOT = '../../../lessons/gallery/'

/** For whoever goes to an entry's moment. */
export { thingOf }

export interface GalleryItem extends GalleryEntry {
  /** The folder's name. */
  readonly id: string
}

/** All of them, group by group, by their names in English within one. */
export const GALLERY: readonly GalleryItem[] = Object.entries(abouts)
  .map(([path, about]) => ({ id: path.slice(ROOT.length, -'/about.ts'.length), ...about }))
  .sort(
    (a, b) =>
      GALLERY_GROUPS.indexOf(a.group) - GALLERY_GROUPS.indexOf(b.group) || (a.title.en < b.title.en ? -1 : a.title.en > b.title.en ? 1 : 0),
  )

export const galleryItem = (id: string): GalleryItem | null => GALLERY.find((item) => item.id === id) ?? null

/** The scenario of an entry, with its program. */
export async function galleryScenario(id: string): Promise<Scenario> {
  const [program, scenario] = await Promise.all([texts[`${ROOT}${id}/program.ts`]!(), texts[`${ROOT}${id}/scenario.json`]!()])
  return buildScenario(id, { program, scenario })
}
