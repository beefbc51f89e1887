import { describe, expect, it } from '@jest/globals';
import { readUrlState, urlManyOf, urlOneOf, urlText, writeUrlState } from './url-state';

const spec = {
  search: urlText(),
  states: urlManyOf(['A', 'B', 'C'] as const),
  order: urlOneOf(['NEWEST', 'NAME'] as const, 'NEWEST'),
};

describe('readUrlState', () => {
  it('reads what is there and falls back for the rest', () => {
    expect(readUrlState(spec, new URLSearchParams('search=x&states=B,A'))).toEqual({
      search: 'x',
      states: ['B', 'A'],
      order: 'NEWEST',
    });
  });
  it('drops values it does not know, because links outlive them', () => {
    expect(readUrlState(spec, new URLSearchParams('states=B,GONE&order=GONE'))).toEqual({
      search: '',
      states: ['B'],
      order: 'NEWEST',
    });
  });
  it('cuts a text that no person typed', () => {
    expect(readUrlState(spec, new URLSearchParams(`search=${'x'.repeat(5000)}`)).search).toHaveLength(200);
  });
});

describe('writeUrlState', () => {
  it('keeps what the patch does not name and removes defaults', () => {
    const next = writeUrlState(spec, new URLSearchParams('search=x&order=NAME&open=r1'), {
      order: 'NEWEST',
      states: ['C'],
    });
    expect(next.toString()).toBe('search=x&open=r1&states=C');
  });
  it('keeps a choice of the page’s own that is called as a place in a list', () => {
    const months = { from: urlText(), by: urlText() };
    expect(writeUrlState(months, new URLSearchParams('after=k&from=2026-09'), { by: 'SYSTEM' }).toString()).toBe(
      'from=2026-09&by=SYSTEM',
    );
  });
  it('begins at the first page of the new list', () => {
    expect(writeUrlState(spec, new URLSearchParams('after=k&from=51'), { search: 'x' }).toString()).toBe('search=x');
  });
});
