// The repository's files, without what builds and package managers left there.
import fs from 'node:fs';
import path from 'node:path';

/** Said by the caller, because these tests run in a copy, away from the sources. */
export const root = process.env.REPOSITORY_ROOT ?? path.resolve(import.meta.dirname, '../..');

const left = new Set(['.git', 'artifacts', 'node_modules', 'obj', 'dist']);

/** Paths from the root that match, in order. */
export function files(pattern, folder = '') {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !left.has(entry.name))
    .flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? files(pattern, name) : pattern.test(name) ? [name] : [];
    })
    .sort();
}

export const read = (...parts) => fs.readFileSync(path.join(root, ...parts), 'utf8');
