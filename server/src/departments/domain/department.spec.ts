import { describe, expect, it } from '@jest/globals';
import { codeOfNamespace, departmentPath, isDepartmentCode, namespaceOf } from './department.js';

describe('isDepartmentCode', () => {
  it.each(['czt', 'a', 'nanjing-gaj', 'a1', 'a'.repeat(30)])('takes %s', (code) => {
    expect(isDepartmentCode(code)).toBe(true);
  });

  it.each(['', 'CZT', '1a', '-a', 'a-', 'a_b', 'a.b', 'a b', '财政厅', 'a'.repeat(31), 'a\n'])('refuses %j', (code) => {
    expect(isDepartmentCode(code)).toBe(false);
  });
});

describe('departmentPath', () => {
  it('begins at the root and ends with a slash, so that no code is the prefix of another', () => {
    const city = departmentPath(null, 'nanjing');
    expect(city).toBe('/nanjing/');
    expect(departmentPath(city, 'nanjing-gaj')).toBe('/nanjing/nanjing-gaj/');
    expect(departmentPath(null, 'nanjing-x').startsWith(city)).toBe(false);
  });
});

describe('namespaceOf', () => {
  it('stays a DNS label for the longest code', () => {
    expect(namespaceOf('a'.repeat(30))).toMatch(/^[a-z0-9-]{1,63}$/);
  });

  it('names the department again, and nobody where it is none’s', () => {
    expect(codeOfNamespace(namespaceOf('js-civil'))).toBe('js-civil');
    for (const other of ['kube-system', 'dept-', 'dept-Js', 'js-civil', '']) expect(codeOfNamespace(other)).toBeNull();
  });
});
