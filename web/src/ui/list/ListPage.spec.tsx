import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { type Client, createRequest, Provider, type TypedDocumentNode } from 'urql';
import { fromPromise, fromValue, merge, never, toPromise } from 'wonka';
import { withTranslations } from '../../lib/i18n/for-tests';
import { urlOneOf, urlText } from '../../lib/url-state';
import type { Column } from '../table/columns';
import { ListPage } from './ListPage';
import { useList } from './use-list';

await withTranslations();

type Row = { id: string; name: string; note: string };
type Data = {
  things: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: Row[] };
};
type Variables = { first: number; after: string | null; search: string | null; orderBy: string };
const query = createRequest('query Things { things { totalCount } }', {}).query as TypedDocumentNode<Data, Variables>;
const spec = { search: urlText(), order: urlOneOf(['NEWEST', 'NAME'], 'NEWEST') };
const columns: Column<Row, 'NEWEST' | 'NAME'>[] = [
  { key: 'name', title: '名称', leading: true, render: (row) => row.name, text: (row) => row.name },
  { key: 'note', title: '备注', optional: true, render: (row) => row.note, text: (row) => row.note },
];

/** 130 things; the cursor is the number of rows before. */
const TOTAL = 130;
function answerFor({ first, after }: Variables) {
  const from = Number(after ?? 0);
  const nodes = Array.from({ length: Math.min(first, TOTAL - from) }, (_, index) => ({
    id: `${from + index}`,
    name: `=n${from + index}`,
    note: 'x',
  }));
  const pageInfo = { hasNextPage: from + first < TOTAL, endCursor: String(from + nodes.length) };
  return { data: { things: { totalCount: TOTAL, pageInfo, nodes } }, stale: false, hasNext: false };
}

function Things() {
  const list = useList({
    name: 'things',
    spec,
    query,
    variables: ({ search, order }) => ({ search: search || null, orderBy: order }),
    rows: ({ things }) => ({ ...things, rows: things.nodes }),
  });
  return (
    <>
      <ListPage
        list={list}
        title="东西"
        filters={<span>筛选</span>}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<p>空</p>}
      />
      <output>{useLocation().search}</output>
    </>
  );
}

const turning = (on: boolean): Column<Row>[] => [
  { key: 'name', title: '名称', leading: true, render: (row) => row.name, text: (row) => row.name },
  { key: 'note', title: '备注', optional: on, render: (row) => row.note, text: (row) => row.note },
  { key: 'size', title: '大小', optional: !on, render: (row) => row.note, text: (row) => row.note },
];

/** A list whose columns turn with its filter. */
function Turning() {
  const list = useList({
    name: 'things',
    spec,
    tableName: ({ search }) => (search ? 'things-sized' : 'things'),
    query,
    variables: ({ search, order }) => ({ search: search || null, orderBy: order }),
    rows: ({ things }) => ({ ...things, rows: things.nodes }),
  });
  const on = list.filter.search !== '';
  return (
    <ListPage
      list={list}
      title="东西"
      filters={
        <button type="button" onClick={() => list.setFilter({ search: on ? '' : 'a' })}>
          大小
        </button>
      }
      columns={turning(on)}
      rowKey={(row) => row.id}
      empty={<p>空</p>}
    />
  );
}

type Kept = { id: string; name: string; state: string; list: string };
let kept: Kept[] = [];
function setup(address = '/things', page = <Things />) {
  const asked: Variables[] = [];
  const execute = ({ variables }: { variables: Variables | { list: string } }) => {
    if ('list' in variables) return merge([fromValue({ data: { savedViews: kept }, stale: false }), never]);
    asked.push(variables);
    return merge([fromValue(answerFor(variables)), never]);
  };
  const client = {
    executeQuery: execute,
    executeMutation: ({ variables }: { variables: { input: Kept } }) => {
      kept.push({ ...variables.input, id: 'v' });
      return fromValue({ data: { saveView: { view: null, errors: [] } }, stale: false });
    },
    query: (_document: unknown, variables: Variables) =>
      toPromise(fromPromise(Promise.resolve(answerFor(variables)))).finally(() => asked.push(variables)),
  } as unknown as Client;
  render(
    <Provider value={client}>
      <MemoryRouter initialEntries={[address]}>{page}</MemoryRouter>
    </Provider>,
  );
  return asked;
}

afterEach(() => {
  cleanup();
  localStorage.clear();
  kept = [];
});

describe('ListPage', () => {
  it('asks for its first page and turns to the next by key', () => {
    const asked = setup('/things?search=a&order=NAME');
    expect(asked[0]).toEqual({ first: 50, after: null, search: 'a', orderBy: 'NAME' });
    fireEvent.click(screen.getByRole('button', { name: '下一页' }));
    expect(screen.getByText('第 51–100 条，共 130 条')).toBeTruthy();
    expect(asked.at(-1)?.after).toBe('50');
  });

  it('clears the filter and keeps the order', () => {
    setup('/things?search=a&order=NAME');
    fireEvent.click(screen.getByRole('button', { name: '清除筛选' }));
    expect(document.querySelector('output')?.textContent).toBe('?order=NAME');
    expect(screen.queryByRole('button', { name: '清除筛选' })).toBeNull();
  });

  it('exports the whole filter with the columns shown, formulas taken out', async () => {
    const made: Blob[] = [];
    URL.createObjectURL = (blob) => {
      made.push(blob as Blob);
      return 'blob:x';
    };
    URL.revokeObjectURL = jest.fn();
    // jsdom downloads nothing and says so loudly.
    HTMLAnchorElement.prototype.click = jest.fn();
    const asked = setup('/things?search=a');
    fireEvent.click(screen.getByRole('button', { name: /导出.*CSV/ }));
    await waitFor(() => expect(made).toHaveLength(1));
    const text = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(made[0] as Blob);
    });
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(TOTAL + 1);
    expect(lines.slice(0, 2).map((line) => line.replace('\uFEFF', ''))).toEqual(['名称', "'=n0"]);
    expect(asked.slice(1).map(({ first, after, search }) => ({ first, after, search }))).toEqual([
      { first: 100, after: null, search: 'a' },
      { first: 100, after: '100', search: 'a' },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('keeps filter, order and columns as a view, and brings them back', async () => {
    setup('/things?search=a&order=NAME&after=50&from=51&open=7');
    fireEvent.click(screen.getByRole('button', { name: '显示列' }));
    fireEvent.click(screen.getByRole('checkbox', { name: '备注' }));
    fireEvent.click(screen.getByRole('button', { name: '视图' }));
    fireEvent.change(screen.getByRole('textbox', { name: '视图名称' }), { target: { value: ' 我的 ' } });
    fireEvent.click(screen.getByRole('button', { name: '保存为视图' }));
    await waitFor(() => expect(kept).toHaveLength(1));
    expect(kept[0]).toMatchObject({ list: 'things', name: '我的' });
    cleanup();
    localStorage.clear();

    setup('/things?search=other&after=100&from=101&open=7');
    expect(screen.queryByRole('columnheader', { name: '备注' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '视图' }));
    fireEvent.click(screen.getByRole('button', { name: '我的' }));
    const address = [...new URLSearchParams(document.querySelector('output')?.textContent ?? '')];
    expect(new Map(address)).toEqual(
      new Map([
        ['search', 'a'],
        ['order', 'NAME'],
        ['open', '7'],
      ]),
    );
    expect(screen.getByRole('columnheader', { name: '备注' })).toBeTruthy();
  });

  const heads = () => screen.getAllByRole('columnheader').map((head) => head.textContent);

  it('shows the columns of its filter, from either side, and leaves the pressed control where it is', () => {
    setup('/things', <Turning />);
    expect(heads()).toEqual(['名称', '备注']);
    const press = screen.getByRole('button', { name: '大小' });
    press.focus();
    fireEvent.click(press);
    expect(heads()).toEqual(['名称', '大小']);
    expect(document.activeElement).toBe(press);
    fireEvent.click(press);
    expect(heads()).toEqual(['名称', '备注']);
    cleanup();
    setup('/things?search=a', <Turning />);
    expect(heads()).toEqual(['名称', '大小']);
    fireEvent.click(screen.getByRole('button', { name: '大小' }));
    expect(heads()).toEqual(['名称', '备注']);
  });

  it('keeps for each of them its own choice, also where a view leads from one to the other', () => {
    const state = JSON.stringify({ search: 'search=a', hidden: [], density: 'compact' });
    kept = [{ id: 'v', list: 'things', name: '大的', state }];
    setup('/things', <Turning />);
    fireEvent.click(screen.getByRole('button', { name: '视图' }));
    fireEvent.click(screen.getByRole('button', { name: '大的' }));
    expect(heads()).toEqual(['名称', '备注', '大小']);
    fireEvent.click(screen.getByRole('button', { name: '大小' }));
    expect(heads()).toEqual(['名称', '备注']);
  });

  it('says so when a kept view cannot be read', () => {
    kept = [{ id: 'v', list: 'things', name: '旧的', state: '{"x":1}' }];
    setup();
    fireEvent.click(screen.getByRole('button', { name: '视图' }));
    fireEvent.click(screen.getByRole('button', { name: '旧的' }));
    expect(screen.getByRole('alert').textContent).toContain('无法读取');
  });
});
