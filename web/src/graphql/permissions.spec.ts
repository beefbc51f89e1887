import { describe, expect, it } from '@jest/globals';
import { may, type Permission, readingScope } from './permissions';

const own: Permission = { object: 'REQUEST', action: 'READ', scope: 'OWN_DEPARTMENT' };
const province: Permission = { object: 'RESOURCE', action: 'READ', scope: 'PROVINCE' };

describe('may', () => {
  it('needs the very object and the very action', () => {
    expect(may([own], 'REQUEST', 'READ')).toBe(true);
    expect(may([own], 'REQUEST', 'CREATE')).toBe(false);
    expect(may([own], 'RESOURCE', 'READ')).toBe(false);
    expect(may([], 'REQUEST', 'READ')).toBe(false);
  });
});

describe('readingScope', () => {
  it('is the widest of what is read', () => {
    expect(readingScope([own])).toBe('OWN_DEPARTMENT');
    expect(readingScope([own, { ...own, scope: 'DEPARTMENT_TREE' }])).toBe('DEPARTMENT_TREE');
    expect(readingScope([own, province])).toBe('PROVINCE');
  });
  it('does not widen by what is not read', () => {
    expect(readingScope([own, { object: 'CATALOG', action: 'READ', scope: 'PROVINCE' }])).toBe('OWN_DEPARTMENT');
    expect(readingScope([])).toBe('OWN_DEPARTMENT');
    expect(readingScope([{ object: 'REQUEST', action: 'READ', scope: 'BOUND_SYSTEMS' }])).toBe('BOUND_SYSTEMS');
  });
});
