import { describe, expect, it } from '@jest/globals';
import { type Narrow, NONE, opened, statementOf, wholeWord } from './cost-words';

const narrow = {
  department: '',
  system: '',
  project: '',
  center: '',
  budget: '',
  share: '',
  kind: '',
  dr: '',
} as const;
const key = (of: string | null) => ({ key: of, label: null });
const cell = (
  rows: 'DEPARTMENT' | 'SYSTEM' | 'KIND' | 'CENTER' | 'BUDGET_CODE',
  columns: 'MONTH' | 'QUARTER' | 'YEAR' | 'SHARE',
  row: string | null,
  column: string,
) => ({
  ...{ rows, columns, row: key(row), column: key(column), basis: 'CHARGED' as const, narrow },
});

describe('an amount of the pivot', () => {
  it('opens the statement that it stands on, narrowed as the table is', () => {
    expect(statementOf(cell('DEPARTMENT', 'MONTH', 'd1', '2026-10'))).toBe('/statements/d1?month=2026-10');
    expect(
      statementOf({
        ...cell('SYSTEM', 'MONTH', 's1', '2026-10'),
        narrow: { ...narrow, department: 'd1', kind: 'SERVER' },
      }),
    ).toBe('/statements/d1?month=2026-10&system=s1&kind=SERVER');
    expect(statementOf({ ...cell('DEPARTMENT', 'MONTH', 'd1', '2026-10'), basis: 'USED' })).toBeNull();
  });

  it('opens of the statement no more than the table is narrowed to, by whichever side', () => {
    const of = (more: Partial<typeof narrow | { center: string; budget: string; dr: string; project: string }>) =>
      statementOf({ ...cell('DEPARTMENT', 'MONTH', 'd1', '2026-10'), narrow: { ...narrow, ...more } as Narrow });
    expect(of({ center: 'c1', budget: 'YS-1' })).toBe('/statements/d1?month=2026-10&center=c1&budget=YS-1');
    expect(of({ project: NONE, dr: '1' })).toBe('/statements/d1?month=2026-10&project=NONE&dr=1');
    const within = { narrow: { ...narrow, department: 'd1' } };
    expect(statementOf({ ...cell('CENTER', 'MONTH', null, '2026-10'), ...within })).toBe(
      '/statements/d1?month=2026-10&center=NONE',
    );
    expect(statementOf({ ...cell('BUDGET_CODE', 'MONTH', null, '2026-10'), ...within })).toBeNull();
  });

  it('opens the departments first, where several stand below the one that it is narrowed to', () => {
    const city = { ...cell('SYSTEM', 'MONTH', 's1', '2026-10'), narrow: { ...narrow, department: 'city' } };
    expect(statementOf(city)).not.toBeNull();
    expect(statementOf({ ...city, isTree: true })).toBeNull();
    expect(opened(city)).toMatchObject({ rows: 'DEPARTMENT', columns: 'MONTH', system: 's1' });
    expect(statementOf({ ...cell('DEPARTMENT', 'MONTH', 'd1', '2026-10'), isTree: true })).toBe(
      '/statements/d1?month=2026-10',
    );
  });

  it('opens what it is made of by departments and months, where no statement has it yet', () => {
    const laid = { rows: 'DEPARTMENT', columns: 'MONTH' };
    expect(opened(cell('SYSTEM', 'QUARTER', 's1', '2026-Q4'))).toEqual({
      ...laid,
      system: 's1',
      from: '2026-10',
      to: '2026-12',
    });
    expect(opened(cell('CENTER', 'YEAR', null, '2026'))).toEqual({
      ...laid,
      center: NONE,
      from: '2026-01',
      to: '2026-12',
    });
    expect(opened(cell('KIND', 'SHARE', 'SERVER', 'RECOVERY'))).toEqual({ ...laid, kind: 'SERVER', share: 'RECOVERY' });
    expect(opened(cell('BUDGET_CODE', 'MONTH', 'YS-1', '2026-10'))).toEqual({
      ...laid,
      budget: 'YS-1',
      from: '2026-10',
      to: '2026-10',
    });
  });

  it('opens no further than there is to see', () => {
    expect(opened({ ...cell('DEPARTMENT', 'MONTH', 'd1', '2026-10'), basis: 'USED' })).toBeNull();
    expect(opened(cell('SYSTEM', 'SHARE', 's1', 'REST'))).toBeNull();
    expect(opened(cell('BUDGET_CODE', 'MONTH', null, '2026-10'))).toBeNull();
  });
});

describe('a row in a file', () => {
  const t = ((key: string, of?: { name: string; of: string }) => (of ? `${of.name} / ${of.of}` : key)) as never;

  it('tells systems of the same name apart by whose they are, and says nothing of what is nobody’s', () => {
    const row = (of: string | null) => wholeWord(t, 'SYSTEM', { key: 's', label: '内部办公系统', of });
    expect([row('省财政厅'), row('省水利厅'), row(null)]).toEqual([
      '内部办公系统 / 省财政厅',
      '内部办公系统 / 省水利厅',
      '内部办公系统',
    ]);
  });
});
