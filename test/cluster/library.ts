/** The recorded transcripts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Transcript } from './transcript.ts';

export const libraryDirectory = path.join(import.meta.dirname, 'transcripts');

/** In the order of their names; read at once, so that a suite can make one test of each. */
export function readTranscripts(): Transcript[] {
  const files = readdirSync(libraryDirectory).filter((name) => name.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(path.join(libraryDirectory, file), 'utf8')) as Transcript);
}
