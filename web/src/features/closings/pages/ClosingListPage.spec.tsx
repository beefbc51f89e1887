import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { ClosingListPage } from './ClosingListPage';
import { ClosingPage } from './ClosingPage';

await withTranslations();
afterEach(cleanup);

const check = (item: string, result: string, count: number, examples: string[] = []) => ({
  ...{ item, result, count, examples, explanation: null },
});
const row = {
  ...{ id: 'k1', kind: 'STATEMENT', ofMonth: '2026-09', month: '2026-09', round: 1, state: 'CLOSED', lines: 1_203 },
  ...{ amount: '123456789', requestedBy: '钱慧敏', requestedAt: '2026-10-08T01:00:00.000Z', decidedBy: '孙静姝' },
  document: { hash: 'ab'.repeat(32), closedAt: '2026-10-08T02:00:00.000Z' },
};
const month = {
  ...{
    month: '2026-10',
    departments: 42,
    lines: 1_240,
    amount: '130000000',
    mayRequest: true,
    closings: [] as object[],
  },
  checklist: [check('UNPRICED', 'CLEAR', 0), check('UNCONFIRMED', 'EXPLAIN', 2, ['省财政厅', '省水利厅'])],
};
const list = (more: object = {}, rows: object[] = [row]) => ({
  closingRecord: { totalCount: rows.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes: rows },
  closingMonth: { ...month, ...more },
  closingBooks: [
    { cityId: null, name: null, own: true },
    { cityId: 'nj', name: '南京市', own: false },
  ],
  statementMonths: ['2026-11', '2026-10', '2026-09'],
});
const closing = {
  ...row,
  ...{ version: 2, reason: '', decidedAt: '2026-10-08T02:00:00.000Z', opinion: '同意', city: null },
  checklist: [{ ...check('UNCONFIRMED', 'EXPLAIN', 2), explanation: '已逐户核实' }],
  document: { ...row.document, previousHash: null, format: 'JIYUN-CLOSED-1', statements: 1, lines: 1_203, amount: '1' },
  statementsClosed: [
    { departmentId: 'd1', departmentName: '省财政厅', lines: 12, amount: '3456', hash: 'cd'.repeat(32) },
  ],
  ...{ mayDecide: false, mayWithdraw: false, mayReverse: true },
};

function setup(address: string, data: object | null) {
  const asked: { variables: unknown }[] = [];
  const sent: { variables: { input: Record<string, unknown> } }[] = [];
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request);
      const error = { message: '[Network]', graphQLErrors: [], networkError: new Error('gone') };
      return merge([fromValue({ stale: false, hasNext: false, ...(data ? { data } : { error }) }), never]);
    },
    executeMutation: (request: (typeof sent)[number]) => {
      sent.push(request);
      return fromValue({ stale: false, hasNext: false, data: { outcome: { closing: { id: 'k2' }, errors: [] } } });
    },
    executeSubscription: () => never,
  } as unknown as Client;
  const permissions = ['READ', 'SUBMIT', 'REVIEW'].map((action) => ({ object: 'CLOSING', action, scope: 'PROVINCE' }));
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '钱', departmentName: '省', permissions, seesCapacityFigures: true } as never}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/closings" element={<ClosingListPage />} />
              <Route path="/closings/:id" element={<ClosingPage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return { asked, sent };
}

const hidden = { hidden: true };
/** What is sent answers in the next turn. */
const press = (button: HTMLElement) => act(async () => void fireEvent.click(button));

describe('ClosingListPage', () => {
  it('shows what keeps the chosen month open, by whose accounts, and what was closed before', () => {
    const { asked } = setup('/closings?month=2026-10&city=nj', list());
    expect(asked[0]?.variables).toMatchObject({ month: '2026-10', cityId: 'nj' });
    expect(screen.getByRole('heading', { name: '2026-10 检查清单' })).toBeTruthy();
    expect(screen.getByText('单位未按当前金额确认').closest('tr')?.textContent).toContain('省财政厅、省水利厅需说明2');
    expect(screen.getByText('明细均有计费标准').closest('tr')?.textContent).toContain('通过–');
    expect(screen.getAllByRole('link').some((link) => link.getAttribute('href') === '/closings/k1')).toBe(true);
  });

  it('leads to the earlier months that keep it open, of the same book', () => {
    const blocked = check('EARLIER_OPEN', 'BLOCKS', 2, ['2026-08', '2026-09']);
    setup('/closings?month=2026-10&city=nj', list({ checklist: [blocked] }));
    expect(screen.getByRole('link', { name: '2026-08' }).getAttribute('href')).toBe('/closings?month=2026-08&city=nj');
  });

  it('asks for a word on everything that wants one before a close is asked for', async () => {
    const { sent } = setup('/closings?month=2026-10', list());
    fireEvent.click(screen.getByRole('button', { name: '申请结账' }));
    const dialog = screen.getByRole('dialog', hidden);
    expect(dialog.textContent).toContain('42 个单位、1240 行明细，合计');
    await press(within(dialog).getByRole('button', { name: '申请结账', ...hidden }));
    expect(sent).toEqual([]);
    expect(dialog.textContent).toContain('请作出说明');
    fireEvent.change(within(dialog).getByLabelText('单位未按当前金额确认 (2)'), { target: { value: '已电话核实' } });
    await press(within(dialog).getByRole('button', { name: '申请结账', ...hidden }));
    expect(sent[0]?.variables.input).toMatchObject({
      ...{ month: '2026-10', cityId: null, explanations: [{ item: 'UNCONFIRMED', text: '已电话核实' }] },
    });
  });

  it('offers no close where something blocks it, and says how much', () => {
    setup('/closings', list({ checklist: [check('UNPRICED', 'BLOCKS', 3)] }));
    const press = screen.getByRole('button', { name: /申请结账/ });
    expect(press.getAttribute('aria-disabled') ?? press.getAttribute('disabled')).not.toBeNull();
    fireEvent.click(press);
    expect(screen.queryByRole('dialog', hidden)).toBeNull();
  });

  it('sends whoever may decide to the request that waits', () => {
    const waits = [{ id: 'k9', kind: 'STATEMENT', state: 'REQUESTED', round: 1, mayDecide: true }];
    setup('/closings', list({ closings: waits, mayRequest: false }));
    expect(screen.getByRole('link', { name: '去审批' }).getAttribute('href')).toBe('/closings/k9');
    expect(screen.queryByRole('button', { name: '申请结账' })).toBeNull();
  });

  it('says what to do where nothing was ever closed, and keeps a failure apart from nothing', () => {
    setup('/closings', list({}, []));
    expect(screen.getByRole('heading', { name: '还没有结过账' })).toBeTruthy();
    cleanup();
    setup('/closings', null);
    expect(screen.queryByRole('heading', { name: '还没有结过账' })).toBeNull();
    expect(screen.getByRole('button', { name: /重试/ })).toBeTruthy();
  });
});

describe('ClosingPage', () => {
  it('shows who signed for what, under which hash, and opens each department’s statement', () => {
    setup('/closings/k1', { closing });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('省级账册 · 2026-09 结账');
    expect(screen.getByText('ab'.repeat(32))).toBeTruthy();
    expect(screen.getByText('说明：已逐户核实')).toBeTruthy();
    expect(screen.getByRole('link', { name: '省财政厅' }).getAttribute('href')).toBe('/statements/d1?month=2026-09');
  });

  it('takes nothing back without a reason', async () => {
    const { sent } = setup('/closings/k1', { closing });
    fireEvent.click(screen.getByRole('button', { name: '申请冲销' }));
    const dialog = screen.getByRole('dialog', hidden);
    await press(within(dialog).getByRole('button', { name: '申请冲销', ...hidden }));
    expect(dialog.textContent).toContain('请填写原因');
    fireEvent.change(within(dialog).getByLabelText('冲销原因'), { target: { value: '价格有误' } });
    await press(within(dialog).getByRole('button', { name: '申请冲销', ...hidden }));
    expect(sent.map(({ variables }) => variables.input)).toEqual([
      expect.objectContaining({ closingId: 'k1', reason: '价格有误' }),
    ]);
  });

  it('knows a close that is not there from one that it could not ask for', () => {
    setup('/closings/nothing', { closing: null });
    expect(screen.getByRole('heading', { name: '没有这项结账' })).toBeTruthy();
  });
});
