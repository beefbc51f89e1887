/** Loads CustomResourceDefinitions into an API server and waits until they are served. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { at, isObject, type Json } from './json.ts';
import type { Target } from './transcript.ts';
import { until } from './until.ts';
import { Wire } from './wire.ts';

/** A definition is established, and its objects can be listed, within this. */
const SERVED_LIMIT_MS = 30_000;

const collection = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Every .yaml of the folder, one definition each. */
export async function readDefinitions(directory: string): Promise<Json[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort();
  if (files.length === 0) throw new Error(`no definitions (*.yaml) in ${directory}`);
  return await Promise.all(
    files.map(async (file) => parse(await readFile(path.join(directory, file), 'utf8')) as Json),
  );
}

export async function loadDefinitions(definitions: readonly Json[], target: Target): Promise<void> {
  const wire = new Wire(target);
  try {
    for (const definition of definitions) {
      const { status, body } = await wire.call({ method: 'POST', path: collection, body: definition });
      if (status !== 201 && status !== 409) {
        throw new Error(`definition ${nameOf(definition)} was answered ${status}: ${JSON.stringify(body)}`);
      }
    }
  } finally {
    wire.close();
  }
  await untilServed(definitions, target);
}

export async function untilServed(definitions: readonly Json[], target: Target): Promise<void> {
  const wire = new Wire(target);
  try {
    for (const definition of definitions) {
      const name = nameOf(definition);
      await until(`definition ${name} established`, SERVED_LIMIT_MS, async () => {
        const { body } = await wire.call({ method: 'GET', path: `${collection}/${name}` });
        return isEstablished(body) ? true : undefined;
      });
      for (const objects of servedPaths(definition)) {
        await until(`${objects} served`, SERVED_LIMIT_MS, async () => {
          const { status } = await wire.call({ method: 'GET', path: objects, query: { limit: '1' } });
          return status === 200 ? true : undefined;
        });
      }
    }
  } finally {
    wire.close();
  }
}

function isEstablished(definition: Json): boolean {
  const conditions = at(definition, 'status', 'conditions');
  return (
    Array.isArray(conditions) &&
    conditions.some((each: Json) => at(each, 'type') === 'Established' && at(each, 'status') === 'True')
  );
}

function servedPaths(definition: Json): string[] {
  const versions = at(definition, 'spec', 'versions');
  const group = at(definition, 'spec', 'group');
  const plural = at(definition, 'spec', 'names', 'plural');
  if (!Array.isArray(versions)) return [];
  return versions
    .filter((version: Json) => isObject(version) && version.served === true)
    .map((version: Json) => `/apis/${group}/${at(version, 'name')}/${plural}`);
}

function nameOf(definition: Json): string {
  return String(at(definition, 'metadata', 'name'));
}
