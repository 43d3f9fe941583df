import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { embedded } from './build/embedded.ts';

export default defineConfig({
  plugins: [react(), embedded()],
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // The content policy has no data: for scripts, styles and fonts.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    license: false,
  },
});
