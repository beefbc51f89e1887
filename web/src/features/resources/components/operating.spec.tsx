import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { maskFragments } from 'gql.tada';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, never } from 'wonka';
import type { PermissionScope } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NoticeProvider } from '../../../ui/notice';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { ResourceActions, ResourceSnapshotsPart } from '../resources.gql';
import { ResourceActionBar } from './ResourceActionBar';
import { howTaken, SnapshotsPanel } from './SnapshotsPanel';

await withTranslations();
afterEach(cleanup);

type Mutation = (request: { variables: { input: Record<string, unknown> } }) => unknown;
type Offers = ResultOf<typeof ResourceActions>['availableActions'];
type Kept = ResultOf<typeof ResourceSnapshotsPart>['snapshots'];

/** A department's own person, or one of the center's. */
function show(page: ReactNode, scope: PermissionScope = 'OWN_DEPARTMENT') {
  const answer = { data: { outcome: { resource: { id: 'm1' }, errors: [] } } };
  const executeMutation = jest.fn<Mutation>(() => fromValue({ stale: false, hasNext: false, ...answer }));
  const client = { executeMutation, executeQuery: () => never, executeSubscription: () => never } as unknown as Client;
  const viewer = {
    id: 'u1',
    displayName: '王五',
    departmentName: null,
    permissions: [{ object: 'RESOURCE' as const, action: 'OPERATE' as const, scope }],
    seesCapacityFigures: false,
  };
  render(
    <Provider value={client}>
      <MemoryRouter>
        <ThemeProvider>
          <ViewerContext.Provider value={viewer}>
            <NoticeProvider>{page}</NoticeProvider>
          </ViewerContext.Provider>
        </ThemeProvider>
      </MemoryRouter>
    </Provider>,
  );
  return executeMutation;
}

function bar(availableActions: Offers) {
  const resource = maskFragments([ResourceActions], {
    id: 'm1',
    code: 'ZY-2026-000001',
    name: 'query-1',
    version: 7,
    state: 'IN_USE',
    management: 'DRIVEN',
    life: { temporaryUntil: null, extensionsUsed: 0, keepDiskDays: null, keepDiskDaysMost: 30 },
    openChange: null,
    system: { id: 's1', name: '预算管理' },
    reclaimCase: null,
    availableActions,
  });
  return <ResourceActionBar resource={resource} />;
}

function panel(over: Partial<Kept>) {
  const resource = maskFragments([ResourceSnapshotsPart], {
    id: 'm1',
    name: 'query-1',
    version: 7,
    management: 'DRIVEN',
    state: 'IN_USE',
    snapshots: { most: 5, mayOperate: true, stopFirst: false, takeDisabledReason: null, nodes: [], ...over },
  });
  return <SnapshotsPanel resource={resource} />;
}

const snapshot: Kept['nodes'][number] = {
  id: 'n1',
  name: '升级前',
  state: 'READY',
  diskGib: 40,
  indications: ['Online', 'GuestAgent'],
  trouble: null,
  createdAt: '2026-11-29T01:00:00Z',
  createdBy: '王五',
  readyAt: '2026-11-29T01:01:00Z',
  restoring: false,
  restoreDisabledReason: null,
  giveUpDisabledReason: '没有正在从该快照恢复',
  deleteDisabledReason: null,
};

const button = (name: string) => screen.getAllByRole('button', { name }).at(-1) as HTMLElement;
const names = () => screen.getAllByRole('button').map((each) => each.textContent);

describe('the power of a machine', () => {
  it('shows of on and off the one that can be pressed', () => {
    show(
      bar([
        { action: 'START', disabledReason: '已开机或正在开机' },
        { action: 'STOP', disabledReason: null },
        { action: 'RESTART', disabledReason: null },
      ]),
    );
    expect(names()).toEqual(['关机', '重启']);
  });

  it('shows both with their reasons where neither can be', () => {
    show(
      bar([
        { action: 'START', disabledReason: '正在从快照恢复' },
        { action: 'STOP', disabledReason: '正在从快照恢复' },
      ]),
    );
    expect(names()).toEqual(['开机', '关机']);
    expect(button('关机').getAttribute('aria-disabled')).toBe('true');
  });

  it('is switched by its department without a word, once, at the version that it saw', async () => {
    const executeMutation = show(bar([{ action: 'STOP', disabledReason: null }]));
    fireEvent.click(button('关机'));
    expect(screen.getByText(/最长等待 2 分钟/)).toBeTruthy();
    await act(async () => fireEvent.click(button('关机')));
    const input = executeMutation.mock.calls[0]?.[0].variables.input;
    expect(input).toMatchObject({ id: 'm1', action: 'STOP', expectedVersion: 7, reason: '' });
    expect(screen.getByText('query-1 正在关机')).toBeTruthy();
  });

  it('is switched by the center only with a reason', async () => {
    const executeMutation = show(bar([{ action: 'RESTART', disabledReason: null }]), 'PROVINCE');
    fireEvent.click(button('重启'));
    await act(async () => fireEvent.click(button('重启')));
    expect(executeMutation).not.toHaveBeenCalled();
    expect(screen.getAllByText('请填写原因，使用单位会看到').length).toBeGreaterThan(0);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: ' 主机内核故障处置 ' } });
    await act(async () => fireEvent.click(button('重启')));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ reason: '主机内核故障处置' });
  });
});

describe('the snapshots of a machine', () => {
  it('say how they were taken, and offer to stop the machine where that is what is left to do', async () => {
    const why = '请先关机，等它停稳再恢复';
    const executeMutation = show(panel({ stopFirst: true, nodes: [{ ...snapshot, restoreDisabledReason: why }] }));
    expect(screen.getByText(/运行中创建，文件系统已静默/)).toBeTruthy();
    expect(button('恢复').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button('先关机'));
    await act(async () => fireEvent.click(button('关机')));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ action: 'STOP' });
  });

  it('are restored knowing what is lost', async () => {
    const executeMutation = show(panel({ nodes: [snapshot] }));
    fireEvent.click(button('恢复'));
    expect(screen.getByText(/之后写入的内容全部丢失/)).toBeTruthy();
    await act(async () => fireEvent.click(button('恢复')));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ id: 'n1', expectedVersion: 7 });
  });

  it('let a restore that does not come to its end be given up, and say what it may leave', async () => {
    const trouble = 'VirtualMachineSnapshot not ready';
    const executeMutation = show(
      panel({
        nodes: [{ ...snapshot, restoring: true, trouble, restoreDisabledReason: 'x', giveUpDisabledReason: null }],
      }),
    );
    expect(screen.queryByRole('button', { name: '恢复' })).toBeNull();
    fireEvent.click(button('放弃恢复'));
    expect(screen.getByText(/系统盘可能停在恢复途中/)).toBeTruthy();
    await act(async () => fireEvent.click(button('放弃恢复')));
    expect(executeMutation.mock.calls[0]?.[0].variables.input).toMatchObject({ id: 'n1', reason: '' });
  });

  it('tell what hinders one that is being made, and offer nothing to whoever only reads', () => {
    const trouble = 'source dept-js-finance/vm-1 volume not bound';
    show(panel({ mayOperate: false, nodes: [{ ...snapshot, state: 'MAKING', trouble }] }));
    expect(screen.getByText(trouble)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('are named before they are asked for', async () => {
    const executeMutation = show(panel({}));
    fireEvent.click(button('创建快照'));
    await act(async () => fireEvent.click(button('创建快照')));
    expect(executeMutation).not.toHaveBeenCalled();
    expect(screen.getAllByText('请填写快照名称').length).toBeGreaterThan(0);
  });

  it.each([
    [[], 'snapshot.takenOff'],
    [['Online', 'GuestAgent'], 'snapshot.takenQuiet'],
    [['Online', 'GuestAgent', 'QuiesceTimeout'], 'snapshot.takenRunning'],
    [['Online', 'NoGuestAgent'], 'snapshot.takenRunning'],
  ])('taken with %j: %s', (indications, words) => {
    expect(howTaken(indications)).toBe(words);
  });
});
