/** Timestamps and watermarks as a program sees them (T-1 … T-6, T-23). Mirrors org.apache.flink.api.common.eventtime. */
export * from './generators'
export * from './legacy'
export * from './strategy'
export * from './watermark'
export * from './watermarksWithIdleness'
