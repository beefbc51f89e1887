import { describe, expect, it } from '@jest/globals';
import { secret } from '../kinds/core.js';
import { Store } from './store.js';

const named = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'd' },
  data,
});
const names = (objects: readonly { metadata: { name: string } }[] | undefined) =>
  objects?.map((each) => each.metadata.name);

describe('Store', () => {
  it('gives every change the next revision, and the state as it was at any', () => {
    const store = new Store();
    store.put(secret, named('b'));
    store.put(secret, named('a'));
    const at = store.revision;
    store.remove(secret, named('b'));
    store.put(secret, named('a', { x: 'eA==' }));
    store.put(secret, named('c'));
    expect(names(store.list(secret))).toEqual(['a', 'c']);
    expect(names(store.listAt(secret, at))).toEqual(['a', 'b']);
    expect(store.listAt(secret, at)?.[0]?.data).toEqual({});
    expect(store.since(at)?.map((change) => change.type)).toEqual(['DELETED', 'MODIFIED', 'ADDED']);
  });

  it('forgets when told, and says so', () => {
    const store = new Store();
    store.put(secret, named('a'));
    const before = store.revision;
    store.put(secret, named('a', { x: 'eA==' }));
    store.compact();
    expect(store.since(before)).toBeUndefined();
    expect(store.listAt(secret, before)).toBeUndefined();
    expect(store.since(store.revision)).toEqual([]);
    store.put(secret, named('b'));
    expect(store.since(store.floor)).toHaveLength(1);
  });

  it('takes no change that could not be written down', () => {
    const store = new Store();
    store.recordWith(() => {
      throw new Error('the disk is full');
    });
    const before = store.revision;
    expect(() => store.put(secret, named('a'))).toThrow('the disk is full');
    expect([store.revision, store.get(secret, 'd', 'a')]).toEqual([before, undefined]);
  });
});
