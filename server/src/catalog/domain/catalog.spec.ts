import { describe, expect, it } from '@jest/globals';
import type { Permission, Viewer } from '../../kernel/viewer.js';
import { familyOf, mayReadCatalog, sizeName } from './catalog.js';

describe('familyOf', () => {
  it.each([
    [2, 4096, 'COMPUTE'],
    [2, 4097, 'GENERAL'],
    [2, 8192, 'GENERAL'],
    [2, 16_383, 'GENERAL'],
    [2, 16_384, 'MEMORY'],
    [1, 512, 'COMPUTE'],
  ] as const)('takes %d vCPU with %d MiB as %s', (vcpu, memoryMib, family) => {
    expect(familyOf(vcpu, memoryMib)).toBe(family);
  });
});

describe('sizeName', () => {
  it('says whole GiB as G and the rest in MiB', () => {
    expect(sizeName('GENERAL', 8, 32 * 1024)).toBe('通用型 8C32G');
    expect(sizeName('COMPUTE', 1, 512)).toBe('计算型 1C512M');
  });
});

describe('mayReadCatalog', () => {
  const viewer = (...permissions: Permission[]) =>
    ({ permissions, departmentTreeIds: [], departmentId: 'd' }) as unknown as Viewer;

  it('lets in keepers and requesters, and nobody else', () => {
    expect(mayReadCatalog(viewer({ object: 'CATALOG', action: 'READ', scope: 'PROVINCE' }))).toBe(true);
    expect(mayReadCatalog(viewer({ object: 'REQUEST', action: 'CREATE', scope: 'OWN_DEPARTMENT' }))).toBe(true);
    expect(mayReadCatalog(viewer({ object: 'AUDIT', action: 'READ', scope: 'PROVINCE' }))).toBe(false);
  });
});
