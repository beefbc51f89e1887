import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { maskFragments } from 'gql.tada';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, never } from 'wonka';
import type { RequestAction } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { inReadingOrder, requestActions } from '../request-actions';
import { RequestActions } from '../requests.gql';
import { RequestActionBar } from './RequestActionBar';

await withTranslations();
afterEach(cleanup);

type Availability = { action: RequestAction; disabledReason: string | null };
type Mutation = (request: { variables: { input: Record<string, unknown> } }) => unknown;

type Seats = ResultOf<typeof RequestActions>['seatChoices'];

function setup(availableActions: Availability[], answer: object, more: { senders?: string[]; seats?: Seats } = {}) {
  const executeMutation = jest.fn<Mutation>(() => fromValue({ stale: false, hasNext: false, ...answer }));
  const client = { executeMutation, executeQuery: () => never, executeSubscription: () => never } as unknown as Client;
  const request = maskFragments([RequestActions], {
    id: 'r1',
    code: 'SQ-2026-000001',
    nature: 'NEW',
    version: 3,
    state: 'UNDER_REVIEW',
    machineCount: 2,
    serverCount: 0,
    cabinetCount: 0,
    serviceCount: 0,
    monthlyCost: '85200',
    availableActions,
    senders: more.senders ?? [],
    seatChoices: more.seats ?? [],
    rounds: [],
  });
  render(
    <Provider value={client}>
      <MemoryRouter>
        <ThemeProvider>
          <NoticeProvider>
            <RequestActionBar request={request} />
          </NoticeProvider>
        </ThemeProvider>
      </MemoryRouter>
    </Provider>,
  );
  return executeMutation;
}

const done = { data: { outcome: { request: null, errors: [] } } };
function press(name: string): void {
  const button = screen.getAllByRole('button', { name }).at(-1);
  button?.focus();
  if (button) fireEvent.click(button);
}

describe('RequestActionBar', () => {
  it('keeps an act that may not be done reachable and says why', () => {
    setup([{ action: 'APPROVE', disabledReason: '使用单位尚未审签' }], done);
    const button = screen.getByRole('button', { name: '同意' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '使用单位尚未审签',
    );
    press('同意');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getAllByText('使用单位尚未审签').length).toBe(2);
  });

  it("tells a vendor's staff by name whom to ask, beside the button that is not theirs", () => {
    setup([{ action: 'SEND_FOR_SIGN_OFF', disabledReason: '厂商人员可以起草，不能送审' }], done, {
      senders: ['王经办', '李处长'],
    });
    expect(screen.getByRole('button', { name: '送本单位审签' }).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('请 王经办、李处长 核对后送审。')).toBeTruthy();
  });

  it('asks which seat is signed only where there are several, and sends the one that was chosen', async () => {
    const seats: Seats = [
      { seatId: 'seat-1', role: 'CENTER_REVIEWER', onBehalfOf: null },
      { seatId: 'seat-2', role: 'CAPACITY_ALLOCATOR', onBehalfOf: '赵工' },
    ];
    const executeMutation = setup([{ action: 'APPROVE', disabledReason: null }], done, { seats });
    press('同意');
    expect(screen.getAllByRole<HTMLInputElement>('radio').map(({ checked }) => checked)).toEqual([true, false]);
    fireEvent.click(screen.getAllByRole('radio').at(1) as HTMLElement);
    await act(async () => press('同意'));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ id: 'r1', seatId: 'seat-2' });
  });

  it('asks for no seat where one signature is all that one could give', async () => {
    const executeMutation = setup([{ action: 'APPROVE', disabledReason: null }], done);
    press('同意');
    expect(screen.queryByRole('radio')).toBeNull();
    await act(async () => press('同意'));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).not.toHaveProperty('seatId');
  });

  it('signs by Ctrl+Enter from within the opinion', async () => {
    const executeMutation = setup([{ action: 'APPROVE', disabledReason: null }], done);
    press('同意');
    await act(async () => {
      fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', ctrlKey: true });
    });
    expect(executeMutation).toHaveBeenCalledTimes(1);
  });

  it('signs with the usual word unless another is written, and never without any', async () => {
    const executeMutation = setup([{ action: 'APPROVE', disabledReason: null }], done);
    press('同意');
    fireEvent.change(screen.getByRole('textbox'), { target: { value: ' ' } });
    await act(async () => press('同意'));
    expect(executeMutation).not.toHaveBeenCalled();
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '同意。' } });
    await act(async () => press('同意'));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ opinion: '同意。' });
  });

  it('asks for an opinion before returning, without asking the server', async () => {
    const executeMutation = setup([{ action: 'RETURN', disabledReason: null }], done);
    press('退回补正');
    await act(async () => press('退回补正'));
    expect(document.activeElement).toBe(screen.getByRole('alert'));
    expect(executeMutation).not.toHaveBeenCalled();
  });

  it('sends the version it saw and one key for the press', async () => {
    const executeMutation = setup([{ action: 'APPROVE', disabledReason: null }], done);
    press('同意');
    fireEvent.change(screen.getByRole('textbox'), { target: { value: ' 同意。 ' } });
    await act(async () => press('同意'));
    const input = executeMutation.mock.calls[0]?.[0].variables.input;
    expect(input).toMatchObject({ id: 'r1', expectedVersion: 3, opinion: '同意。' });
    expect(input?.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '同意' }));
    expect(screen.getByText('SQ-2026-000001 已同意')).toBeTruthy();
  });

  it('keeps the dialog, the words and the key when the answer is lost', async () => {
    const executeMutation = setup([{ action: 'APPROVE', disabledReason: null }], {
      error: { graphQLErrors: [], networkError: new Error('down') },
    });
    press('同意');
    await act(async () => press('同意'));
    await act(async () => press('同意'));
    const keys = executeMutation.mock.calls.map(([request]) => request.variables.input.idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(screen.getByText('连不上服务器')).toBeTruthy();
  });

  it('shows a refusal where the act was asked for', async () => {
    setup([{ action: 'APPROVE', disabledReason: null }], {
      data: {
        outcome: {
          request: null,
          errors: [
            {
              __typename: 'VersionConflict',
              code: 'VERSION_CONFLICT',
              message: '已被他人修改',
              path: ['expectedVersion'],
            },
          ],
        },
      },
    });
    press('同意');
    await act(async () => press('同意'));
    expect(screen.getByRole('alert').textContent).toContain('已被他人修改');
  });
});

describe('inReadingOrder', () => {
  it('puts what can be done first and what ends the request last', () => {
    const all = (Object.keys(requestActions) as RequestAction[]).map((action) => ({
      action,
      disabledReason: action === 'SUBMIT' ? 'x' : null,
    }));
    const actions = inReadingOrder(all).map(({ action }) => action);
    expect(actions.at(-1)).toBe('SUBMIT');
    expect(actions.indexOf('APPROVE')).toBeLessThan(actions.indexOf('RETURN'));
    expect(actions.indexOf('RETURN')).toBeLessThan(actions.indexOf('REJECT'));
  });
});
