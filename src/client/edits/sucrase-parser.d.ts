/** Sucrase ships its parser with the package, and the types of it in another folder. */
declare module 'sucrase/dist/esm/parser/index.js' {
  export { parse, File } from 'sucrase/dist/types/parser/index'
}
declare module 'sucrase/dist/esm/parser/tokenizer/types.js' {
  export { TokenType } from 'sucrase/dist/types/parser/tokenizer/types'
}
declare module 'sucrase/dist/esm/parser/tokenizer/index.js' {
  export { IdentifierRole } from 'sucrase/dist/types/parser/tokenizer/index'
}
