import { describe, expect, it } from '@jest/globals';
import { routes, safeNext } from './routes';

describe('routes', () => {
  it('escapes ids', () => expect(routes.request('a/b?c')).toBe('/requests/a%2Fb%3Fc'));
  it('keeps the path through sign-in', () =>
    expect(routes.signIn('/requests?states=DRAFT')).toBe('/sign-in?next=%2Frequests%3Fstates%3DDRAFT'));
});

describe('safeNext', () => {
  it.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'refuses %p',
    (next) => expect(safeNext(next)).toBe('/'),
  );
  it('accepts a path of the console', () => expect(safeNext('/requests/r1')).toBe('/requests/r1'));
});
