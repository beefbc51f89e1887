import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressedCopies } from './build/compressed-copies';
import { trustedDocuments } from './build/trusted-documents';

const outDir = resolve(import.meta.dirname, '../dist-web');
// Only `npm run dev:web` uses it: the console's own server answers, the page comes from Vite.
const server = process.env.JIYUN_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), trustedDocuments(), compressedCopies()],
  // The server puts a fresh nonce into index.html for every response; antd's style tags carry the same one.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    // Browsers certified for domestic desktops still ship old Chromium; Vite's own default is newer.
    target: 'chrome87',
    cssTarget: 'chrome87',
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    proxy: {
      '/graphql': { target: server, ws: true },
      '/health': { target: server },
      '/files': { target: server },
      '/papers': { target: server },
      '/exports': { target: server },
      '/imports/templates': { target: server },
      '/requests/templates': { target: server },
    },
  },
});
