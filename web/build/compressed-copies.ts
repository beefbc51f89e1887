import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller files gain nothing that a packet would notice. */
const SMALLEST_BYTES = 1024;

/** Writes `.gz` and `.br` beside each asset: the server only picks, it never compresses. index.html changes per response. */
export function compressedCopies(): Plugin {
  let outDir = '';
  return {
    name: 'jiyun:compressed-copies',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = (await readdir(outDir, { recursive: true })).filter((name) => /\.(js|css|svg)$/.test(name));
      for (const name of names) {
        const path = join(outDir, name);
        const bytes = await readFile(path);
        if (bytes.length < SMALLEST_BYTES) continue;
        const [gz, br] = await Promise.all([
          promisify(gzip)(bytes, { level: 9 }),
          promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
        ]);
        await Promise.all([writeFile(`${path}.gz`, gz), writeFile(`${path}.br`, br)]);
      }
    },
  };
}
