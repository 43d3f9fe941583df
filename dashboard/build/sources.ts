import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const folders = ['src', 'build', 'public'];
const files = ['.npmrc', 'index.html', 'package-lock.json', 'package.json', 'tsconfig.json', 'vite.config.ts'];

/** SHA-256 of every source, lower-case hexadecimal; SourceDigest of the tests recomputes it without Node. */
export function sourceDigest(root: string): string {
  const paths = folders
    .flatMap((folder) => below(join(root, folder)))
    .map((path) => relative(root, path).split(sep).join('/'))
    .concat(files)
    .sort((left, right) => (left < right ? -1 : 1));
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const bytes of [Buffer.from(path, 'utf8'), readFileSync(join(root, path))]) {
      const length = Buffer.alloc(8);
      length.writeBigInt64LE(BigInt(bytes.length));
      hash.update(length).update(bytes);
    }
  }
  return hash.digest('hex');
}

function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
