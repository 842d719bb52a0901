import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { flinkTypesPlugin } from './scripts/flink-types.ts'
import { workerText } from './scripts/vite-worker-text.ts'

export default defineConfig({
  base: './',
  plugins: [svelte(), workerText(), flinkTypesPlugin()],
  build: { target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 8192 },
  worker: { format: 'es' },
})
