import { describe, expect, it } from '@jest/globals';
import { exportUrl } from './export-url';

describe('the address of a file that the server makes', () => {
  it('says what is asked for and leaves out what is not', () => {
    expect(exportUrl('focus.csv', { month: '2026-09', department: null, center: '' })).toBe(
      '/exports/focus.csv?month=2026-09',
    );
    expect(exportUrl('contracts.xlsx', { search: '云 & 网' })).toBe(
      '/exports/contracts.xlsx?search=%E4%BA%91+%26+%E7%BD%91',
    );
    expect(exportUrl('payments.pdf', {})).toBe('/exports/payments.pdf');
  });
});
