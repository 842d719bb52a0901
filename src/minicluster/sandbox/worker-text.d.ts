/** A module with all its imports as the text of one script (scripts/vite-worker-text.ts). */
declare module '*?worker-text' {
  const text: string
  export default text
}
