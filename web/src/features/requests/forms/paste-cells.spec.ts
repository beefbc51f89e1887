import { describe, expect, it } from '@jest/globals';
import { pastedCells } from './paste-cells';

const rows = [2, 3, 5];
const columns = ['name', 'count', 'center'];

describe('pastedCells', () => {
  it('lays lines and tabs over the grid from the cell on', () =>
    expect(pastedCells('a\t1\r\nb\t2\r\n', { row: 3, column: 'name' }, rows, columns)).toEqual([
      { row: 3, column: 'name', value: 'a' },
      { row: 3, column: 'count', value: '1' },
      { row: 5, column: 'name', value: 'b' },
      { row: 5, column: 'count', value: '2' },
    ]));
  it('leaves what would fall beyond the grid', () =>
    expect(pastedCells('1\tx\ty\n2', { row: 5, column: 'count' }, rows, columns)).toEqual([
      { row: 5, column: 'count', value: '1' },
      { row: 5, column: 'center', value: 'x' },
    ]));
  it('leaves one text to the field', () =>
    expect(pastedCells('web', { row: 2, column: 'name' }, rows, columns)).toBeNull());
});
