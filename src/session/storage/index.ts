/** What the page uses of this room. */
export { autosave, type Autosave } from './autosave'
export { type DroppedFile, exportScenario, fileNameOf, importScenario, importTable, isScenarioFile } from './files'
export { type Entry, Library, openLibrary, type Removed } from './library'
