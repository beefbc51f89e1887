import { describe, expect, it } from '@jest/globals';
import type { Image } from './catalog.js';
import { hostImage, hostImageOf, imagesForServers, notForServers } from './server-image.js';

const CHECKSUM = `sha256:${'a'.repeat(64)}`;

function image(id: string, more: Partial<Image> = {}): Image {
  return {
    ...{ id, code: id, name: `系统 ${id}`, architecture: 'ARM64', minimumDiskGib: 20, status: 'OFFERED', version: 1 },
    source: { http: { url: `https://images/${id}.qcow2`, checksum: CHECKSUM } },
    ...more,
  };
}

describe('an image for a server', () => {
  const registry = image('r', { source: { registry: { url: 'docker://images/r' } } });
  const unchecked = image('u', { source: { http: { url: 'https://images/u.qcow2' } } });

  it('has its architecture, an address and a checksum, or says what it lacks', () => {
    expect(notForServers(image('a'), 'ARM64')).toBeNull();
    expect(notForServers(image('a'), 'AMD64')?.zh).toContain('ARM64');
    for (const one of [registry, unchecked])
      expect(notForServers(one, 'ARM64')?.en).toContain('no address or checksum');
  });

  it('is fetched as it is named', () => {
    expect(hostImage(image('a'))).toMatchObject({ url: 'https://images/a.qcow2', checksum: CHECKSUM, format: 'qcow2' });
    const raw = image('b', { source: { http: { url: 'https://images/b.raw', checksum: CHECKSUM } } });
    expect(hostImage(raw)?.format).toBe('raw');
  });

  it('is the one that was chosen, else the first by its code; never another than was chosen', () => {
    const all = [image('b'), image('a'), registry, unchecked, image('w', { status: 'WITHDRAWN' })];
    expect(imagesForServers(all, 'ARM64').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(hostImageOf(all, 'ARM64')?.name).toBe('系统 a');
    expect(hostImageOf(all, 'ARM64', 'b')?.name).toBe('系统 b');
    for (const id of ['r', 'u', 'w', 'gone']) expect(hostImageOf(all, 'ARM64', id)).toBeNull();
    expect(hostImageOf(all, 'AMD64')).toBeNull();
  });
});
