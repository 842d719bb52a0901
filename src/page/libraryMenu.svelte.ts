import type { MenuItem } from '../components/Menu.svelte'
import { say, type Arguments, type Language, type Text } from '../i18n'
import { lessonParts } from '../i18n/lessons'
import { gallery } from '../i18n/gallery'
import { shell } from '../i18n/shell'
import { snapshots } from '../i18n/snapshots'
import type { Session } from '../session/session.svelte'
import type { Desk } from './desk.svelte'
import type { Files } from './files'
import { loadGallery, openGallery, type GalleryListed } from './gallery.svelte'
import { lessonEntries, openLesson } from './lessons'
import type { Shelf } from './shelf.svelte'
import { loadTemplateEntries, openTemplate } from './templates'

/** The menu behind the name of the app: scenarios new and kept, lessons, templates. */
export class LibraryMenu {
  /** Shows the gallery. */
  ongallery: () => void = () => {}
  /** Shows the checkpoints and savepoints of this machine. */
  onsnapshots: () => void = () => {}
  private gallery: readonly GalleryListed[] = $state.raw([])
  private templates: readonly { readonly id: string; readonly title: string }[] = $state.raw([])

  constructor(
    private readonly session: Session,
    private readonly shelf: Shelf,
    private readonly desk: Desk,
    private readonly files: Files,
  ) {}

  /** Asks for the names of the templates, in the language on screen. */
  async prepare(language: Language): Promise<void> {
    this.templates = await loadTemplateEntries(language)
    this.gallery = await loadGallery(language)
  }

  crumb(language: Language): string | null {
    const { lesson } = this.session.scenario
    if (lesson === undefined) return null
    const part = lessonParts[lesson.split('/')[0]!]
    return part === undefined ? say(shell.lessons, language) : `${say(shell.lessons, language)} / ${say(part, language)}`
  }

  items(language: Language): readonly MenuItem[] {
    const t = (text: Text) => say(text, language)
    const { session, shelf } = this
    return [
      { id: 'new', label: t(shell.newScenario) },
      { id: 'import', label: t(shell.importFile) },
      { id: 'export', label: t(shell.exportFile) },
      ...(session.runner.log !== null && !session.runner.still ? [{ id: 'trace', label: t(shell.exportTrace) }] : []),
      { id: 'copy', label: t(shell.duplicate) },
      ...(session.id !== null ? [{ id: 'delete', label: t(shell.deleteScenario) }] : []),
      { id: 'snapshots', label: t(snapshots.open) },
      { id: 'h-lessons', label: t(shell.lessons), heading: true },
      ...lessonEntries(language).map(({ id, title }) => ({ id: `lesson:${id}`, label: title, checked: session.scenario.lesson === id })),
      { id: 'h-templates', label: t(shell.templates), heading: true },
      ...this.templates.map(({ id, title }) => ({ id: `template:${id}`, label: title })),
      { id: 'h-gallery', label: t(gallery.title), heading: true },
      { id: 'gallery', label: t(gallery.open) },
      ...(shelf.entries.length > 0 ? [{ id: 'h-mine', label: t(shell.mine), heading: true }] : []),
      ...shelf.entries.map((entry) => ({
        id: `mine:${entry.id}`,
        label: entry.name || t(shell.untitled),
        checked: entry.id === session.id,
      })),
    ]
  }

  /** Entries of the gallery, by their names alone: for the palette. */
  galleryItems(): readonly { readonly id: string; readonly group: string; readonly label: string }[] {
    return this.gallery.map(({ id, group, title }) => ({ id: `gallery:${id}`, group, label: title }))
  }

  choose(id: string): void {
    void this.chosen(id).catch((error: unknown) => this.files.tellError(error))
  }

  private async chosen(id: string): Promise<void> {
    const { session, shelf } = this
    const [what, rest = ''] = [id.split(':')[0]!, id.slice(id.indexOf(':') + 1)]
    await session.save()
    switch (what) {
      case 'new': {
        const { newScenario } = await import('../scenario/defaults')
        session.open(newScenario({ name: this.t(shell.untitled) }), 'new')
        session.pane = 'program'
        break
      }
      case 'import': {
        const input = document.createElement('input')
        input.type = 'file'
        input.accept = '.json'
        input.onchange = () => void this.files.openFiles(input.files)
        input.click()
        break
      }
      case 'export':
        await this.files.exportFile()
        break
      case 'trace':
        await this.files.exportTrace()
        break
      case 'copy':
        session.id = null
        session.edit('program', (scenario) => ({ ...scenario, name: `${scenario.name} 2` }))
        break
      case 'delete':
        await shelf.remove(session.id!, (name, undo) =>
          session.tell(this.t(shell.deleted, { name }), { label: this.t(shell.undo), act: undo }),
        )
        break
      case 'lesson':
        await openLesson(session, this.desk, rest)
        void session.run({ play: this.desk.step?.scene.at === undefined })
        // Its step is bound to a moment, which the run has yet to come to.
        this.desk.await()
        break
      case 'snapshots':
        this.onsnapshots()
        break
      case 'gallery':
        if (rest === 'gallery') this.ongallery()
        else await openGallery(session, rest)
        break
      case 'template':
        await openTemplate(session, rest)
        break
      case 'mine': {
        const { scenario, bookmark, plan, forks } = await shelf.load(rest)
        session.open(scenario, 'library', { id: rest, bookmark: bookmark ?? null, sketch: plan ?? null, forks })
        break
      }
    }
    await shelf.refresh()
  }

  private t(text: Text, args?: Arguments): string {
    return say(text, this.session.settings.get('language'), args)
  }
}
