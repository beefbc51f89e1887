import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { DisputeListPage } from './DisputeListPage';
import { DisputePage } from './DisputePage';

await withTranslations();
afterEach(cleanup);

const dispute = {
  ...{ id: 'd1', code: 'FY-2026-000003', month: '2026-10', meter: 'VCPU', name: '虚拟处理器', tier: 0 },
  ...{ from: '2026-09-30T16:00:00.000Z', useId: 'u1', resourceCode: 'VM-7', resourceName: 'query-1', kind: 'MACHINE' },
  ...{ state: 'OPEN', version: 1, amount: '12000', correctedAmount: null, reason: '月中已降配', raisedBy: '李主任' },
  ...{ raisedAt: '2026-11-03T01:00:00.000Z', answer: null, answeredBy: null, answeredAt: null },
  earlierAnswers: [],
  ...{ department: { id: 'rst', name: '省人社厅' }, mayAnswer: true, mayWithdraw: false },
};
const list = (rows: object[]) => ({
  lineDisputes: { totalCount: rows.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes: rows },
});

function setup(address: string, data: object) {
  const asked: { variables: unknown }[] = [];
  const sent: { variables: { input: Record<string, unknown> } }[] = [];
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request);
      return merge([fromValue({ stale: false, hasNext: false, data }), never]);
    },
    executeMutation: (request: (typeof sent)[number]) => {
      sent.push(request);
      return fromValue({ stale: false, hasNext: false, data: { outcome: { lineDispute: dispute, errors: [] } } });
    },
    executeSubscription: () => never,
  } as unknown as Client;
  const permissions = [{ object: 'BUDGET', action: 'READ', scope: 'PROVINCE' }];
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '钱', departmentName: '省', permissions, seesCapacityFigures: true } as never}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/disputes" element={<DisputeListPage />} />
              <Route path="/disputes/:id" element={<DisputePage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return { asked, sent };
}

const hidden = { hidden: true };

describe('DisputeListPage', () => {
  it('asks for one state and one department with what is below it, as the address says', () => {
    const { asked } = setup('/disputes?state=OPEN&department=rst', list([dispute]));
    expect(asked[0]?.variables).toMatchObject({ state: 'OPEN', departmentId: 'rst', month: null });
    expect(screen.getByRole('button', { name: /省人社厅/ })).toBeTruthy();
    expect(screen.getAllByRole('link').some((link) => link.getAttribute('href') === '/disputes/d1')).toBe(true);
    expect(screen.getAllByText('¥120.00').length).toBeGreaterThan(0);
  });

  it('is of every department once the mark is taken away', () => {
    const { asked } = setup('/disputes?department=rst', list([dispute]));
    fireEvent.click(screen.getByRole('button', { name: /省人社厅/ }));
    expect(asked.at(-1)?.variables).toMatchObject({ departmentId: null });
  });

  it('says how a dispute comes to be where there is none', () => {
    setup('/disputes', list([]));
    expect(screen.getByRole('link', { name: '费用核算单' }).getAttribute('href')).toBe('/statements');
  });
});

describe('DisputePage', () => {
  it('names the line, why it is not accepted, and opens the statement at it', () => {
    setup('/disputes/d1', { lineDispute: dispute });
    expect(screen.getByText('月中已降配')).toBeTruthy();
    expect(screen.getByRole('link', { name: '查看核算单' }).getAttribute('href')).toBe(
      '/statements/rst?month=2026-10&use=u1',
    );
    // Nobody who may not is offered to take it back.
    expect(screen.queryByRole('button', { name: /撤回/ })).toBeNull();
  });

  it('keeps a line only with a reason, and corrects one only to an amount of whole fen', async () => {
    const { sent } = setup('/disputes/d1', { lineDispute: dispute });
    const [keep, correct] = screen.getAllByRole('button').slice(-2);
    fireEvent.click(keep as HTMLElement);
    let dialog = screen.getByRole('dialog', hidden);
    // What is sent answers in the next turn.
    const press = () =>
      act(async () => void fireEvent.click(within(dialog).getAllByRole('button', hidden).at(-1) as HTMLElement));
    await press();
    expect(dialog.textContent).toContain('请填写答复理由');
    fireEvent.change(within(dialog).getByLabelText('答复理由'), { target: { value: '经核对无误' } });
    await press();
    expect(sent.at(-1)?.variables.input).toMatchObject({ id: 'd1', answer: '经核对无误', correctedAmount: null });
    cleanup();
    const again = setup('/disputes/d1', { lineDispute: dispute });
    expect(correct).toBeTruthy();
    fireEvent.click(screen.getAllByRole('button').at(-1) as HTMLElement);
    dialog = screen.getByRole('dialog', hidden);
    fireEvent.change(within(dialog).getByLabelText('答复理由'), { target: { value: '按半月核减' } });
    fireEvent.change(within(dialog).getByLabelText('更正后的金额'), { target: { value: '60.005' } });
    await press();
    expect(dialog.textContent).toContain('请填写金额，最多两位小数');
    fireEvent.change(within(dialog).getByLabelText('更正后的金额'), { target: { value: '60' } });
    await press();
    expect(again.sent.map(({ variables }) => variables.input)).toEqual([
      expect.objectContaining({ id: 'd1', expectedVersion: 1, correctedAmount: '6000' }),
    ]);
  });
});
