import { describe, expect, it } from '@jest/globals';
import { subjectRoute } from './subject-route';

describe('subjectRoute', () => {
  it('leads to the page of what a notice is about', () =>
    expect(subjectRoute('Request', 'a/b')).toBe('/requests/a%2Fb'));
  it('leads nowhere of a type without a page', () => {
    expect(subjectRoute('Unheard', 'x')).toBeNull();
    expect(subjectRoute('constructor', 'x')).toBeNull();
  });
});
