import { describe, expect, it } from '@jest/globals';
import { fenOfYuan } from './fen-of-yuan';

describe('fenOfYuan', () => {
  it.each([
    ['1234.5', '123450'],
    ['1,234.05', '123405'],
    ['-0.01', '-1'],
    ['-0', '0'],
    ['9999999999999.99', '999999999999999'],
    ['1.005', null],
    ['', null],
    ['一百', null],
    ['1e3', null],
    ['--1', null],
  ])('%s → %s', (yuan, fen) => expect(fenOfYuan(yuan)).toBe(fen));
});
