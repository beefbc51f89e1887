import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../json.js';
import { kindByName } from '../kinds/catalogue.js';
import type { Kind } from '../kinds/kind.js';
import { Journal } from './journal.js';
import { Store } from './store.js';

const namespaces = kindByName('v1', 'Namespace') as Kind;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jiyun-journal-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const object = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: name } });

function open(): { store: Store; journal: Journal; told: string[] } {
  const told: string[] = [];
  const store = new Store();
  return { store, journal: Journal.open(store, directory, (message) => told.push(message)), told };
}
const names = (store: Store): string[] => store.list(namespaces).map((each) => each.metadata.name ?? '');

describe('Journal', () => {
  it('gives back what was written, under the same revision', () => {
    const { store, journal } = open();
    for (const name of ['a', 'b', 'c']) store.put(namespaces, object(name));
    journal.close();
    const again = open();
    expect(names(again.store)).toEqual(['a', 'b', 'c']);
    expect(again.store.revision).toBe(store.revision);
    again.journal.close();
  });

  it('cuts a torn last line with a message and goes on', () => {
    const { store, journal } = open();
    store.put(namespaces, object('a'));
    journal.close();
    const path = join(directory, 'journal.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}["ADDED",{"apiVer`);
    const again = open();
    expect(again.told[0]).toContain('torn');
    again.store.put(namespaces, object('b'));
    again.journal.close();
    expect(names(open().store)).toEqual(['a', 'b']);
  });

  it('refuses to start on damage before other writes, so that none of those is lost in silence', () => {
    const { store, journal } = open();
    for (const name of ['a', 'b']) store.put(namespaces, object(name));
    journal.close();
    const path = join(directory, 'journal.jsonl');
    const [first, ...rest] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [first?.slice(0, 20), ...rest].join('\n'));
    expect(open).toThrow('damaged');
  });
});
