import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { flinkTypesPlugin } from './scripts/flink-types'
import { workerText } from './scripts/vite-worker-text'

export default defineConfig({
  base: './',
  plugins: [svelte(), workerText(), flinkTypesPlugin()],
  build: { target: 'es2022', modulePreload: { polyfill: false } },
  worker: { format: 'es' },
})
