import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { withTranslations } from '../../lib/i18n/for-tests';
import { ariaSort, type Column, nextOrder, parseTableChoice } from './columns';
import { ResourceTable } from './ResourceTable';

await withTranslations();
afterEach(() => {
  cleanup();
  localStorage.clear();
});

type Row = { id: string; name: string; note: string };
type Order = 'NEWEST' | 'NAME';
const columns: Column<Row, Order>[] = [
  {
    key: 'name',
    title: '名称',
    leading: true,
    order: { ascending: 'NAME' },
    render: (row) => row.name,
    text: (row) => row.name,
  },
  { key: 'note', title: '备注', optional: true, render: (row) => row.note, text: (row) => row.note },
];

function setup(rows: Row[] = [{ id: '1', name: 'web-1', note: '=cmd' }]) {
  const onOrder = jest.fn<(order: Order) => void>();
  const onNext = jest.fn();
  render(
    <ResourceTable
      name="t"
      caption="资源"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      order="NEWEST"
      onOrder={onOrder}
      paging={{ from: 51, totalCount: 612, onNext, onPrevious: null }}
      empty={<p>空</p>}
    />,
  );
  return { onOrder, onNext };
}

describe('ResourceTable', () => {
  it('says how many there are and which rows these are', () => {
    setup();
    expect(screen.getByRole('status').textContent).toBe('共 612 条');
    expect(screen.getByText('第 51–51 条，共 612 条')).toBeTruthy();
  });

  it('turns pages by key and knows where it cannot', () => {
    const { onNext } = setup();
    fireEvent.click(screen.getByRole('button', { name: '下一页' }));
    expect(onNext).toHaveBeenCalledTimes(1);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '上一页' }).disabled).toBe(true);
  });

  it('asks the server for the order of a column', () => {
    const { onOrder } = setup();
    fireEvent.click(screen.getByRole('button', { name: '名称' }));
    expect(onOrder).toHaveBeenCalledWith('NAME');
  });

  it('shows an optional column once chosen, and remembers it', () => {
    setup();
    expect(screen.queryByRole('columnheader', { name: '备注' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '显示列' }));
    fireEvent.click(screen.getByRole('checkbox', { name: '备注' }));
    expect(screen.getByRole('columnheader', { name: '备注' })).toBeTruthy();
    expect(JSON.parse(localStorage.getItem('jiyun.table.t') ?? '')).toEqual({ hidden: [], density: 'regular' });
  });

  it('shows the empty state instead of rows', () => {
    setup([]);
    expect(screen.getByText('空')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('keeps its roles, which a card layout would take away', () => {
    setup();
    expect(screen.getByRole('table', { name: '资源' })).toBeTruthy();
    expect(screen.getByRole('cell', { name: 'web-1' }).getAttribute('data-label')).toBe('名称');
  });
});

describe('columns', () => {
  it('reads a stored choice with care', () => {
    expect(parseTableChoice('{"hidden":["a",3],"density":"compact"}', [])).toEqual({
      hidden: ['a'],
      density: 'compact',
    });
    expect(parseTableChoice('not json', ['x'])).toEqual({ hidden: ['x'], density: 'regular' });
  });
  it('turns an order round only where there is another direction', () => {
    expect(nextOrder({ ascending: 'OLD', descending: 'NEW' }, 'NEW')).toBe('OLD');
    expect(nextOrder({ ascending: 'NAME' }, 'NAME')).toBe('NAME');
    expect(ariaSort({ descending: 'NEW' }, 'NEW')).toBe('descending');
    expect(ariaSort({ descending: 'NEW' }, 'OLD')).toBe('none');
    expect(ariaSort(undefined, 'OLD')).toBeUndefined();
  });
});
