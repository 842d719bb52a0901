export * from './generators'
export * from './strategy'
export * from './watermark'
export * from './watermarksWithIdleness'
