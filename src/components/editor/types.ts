/** Something to say about a stretch of program text; lines and columns count from 1. */
export interface Marker {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly line: number
  readonly column?: number | undefined
  readonly endLine?: number | undefined
  readonly endColumn?: number | undefined
}

export interface EditorEvents {
  onchange(text: string): void
  onundo(): void
  onredo(): void
  onrun(): void
  ontypes(markers: readonly Marker[]): void
}

/** What the component knows of Monaco. */
export interface MonacoHandle {
  setValue(text: string): void
  setDark(dark: boolean): void
  setMarkers(markers: readonly Marker[]): void
  setHighlight(lines: readonly number[]): void
  reveal(line: number, column?: number): void
  addTypes(types: string | Readonly<Record<string, string>>): void
  dispose(): void
}
