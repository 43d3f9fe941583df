import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';
import { sourceDigest } from './sources.ts';

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/**
 * Writes what was built beside the sources of the server, compressed, with a manifest that names the digest of the
 * sources: the server embeds it, and tests compare. BREAKWATER_BUNDLE names another folder.
 */
export function embedded(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'breakwater-embedded',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle() {
      const built = resolve(config.root, config.build.outDir);
      const folder =
        process.env['BREAKWATER_BUNDLE'] ?? resolve(config.root, '../src/Breakwater.Server/Dashboard/Bundle');
      rmSync(folder, { recursive: true, force: true });
      const files = readdirSync(built, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(built, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort((left, right) => (left < right ? -1 : 1))
        .map((path) => write(built, folder, path));
      const manifest = { sources: sourceDigest(config.root), files };
      writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

function write(built: string, folder: string, path: string) {
  const content = readFileSync(join(built, path));
  const type = types[path.slice(path.lastIndexOf('.') + 1)];
  if (type === undefined) throw new Error(`${path} is of no known type`);
  const compressed = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, `${path}.br`), compressed);
  return {
    path,
    type,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    immutable: path.startsWith('assets/'),
  };
}
