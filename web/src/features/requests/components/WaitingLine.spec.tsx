import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { maskFragments } from 'gql.tada';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue } from 'wonka';
import { changeLanguage } from '../../../lib/i18n';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { RequestResources } from '../requests.gql';
import { WaitingLine } from './WaitingLine';

await withTranslations();
afterEach(cleanup);

type Line = { kind: 'VM' | 'SERVER' | 'CABINET' | 'SERVICE'; count: number; done?: boolean };
type Given = {
  state?: 'PROVISIONING' | 'DELIVERED';
  ready?: number;
  lines?: Line[];
  orders?: number;
  allLines?: number;
};

function setup({ state = 'PROVISIONING', ready = 6, lines = [], orders = 0, allLines }: Given) {
  const nodes = lines.map(({ kind, count, done = false }, n) => ({
    ...{ id: `l${n}`, kind, count },
    fulfilledAt: done ? '2026-11-29T02:00:00.000Z' : null,
  }));
  const linePage = { totalCount: allLines ?? nodes.length, nodes };
  const titles = Array.from({ length: orders }, (_, n) => ({ id: `w${n}`, code: `GD-${n}`, title: '上架' }));
  const workOrders = { totalCount: orders, nodes: titles.slice(0, 5) };
  const executeQuery = jest.fn(() =>
    fromValue({ stale: false, hasNext: false, data: { workOrders, request: { id: 'r1', linePage } } }),
  );
  const machines = { totalCount: 6, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
  const request = maskFragments([RequestResources], { id: 'r1', state, readyMachineCount: ready, machines });
  render(
    <Provider value={{ executeQuery } as unknown as Client}>
      <MemoryRouter>
        <WaitingLine request={request} />
      </MemoryRouter>
    </Provider>,
  );
  return { executeQuery };
}

const said = () => screen.getByRole('status').firstChild?.textContent;

describe('WaitingLine', () => {
  it('says what a request with all machines ready still waits for, and leads to its work orders', () => {
    const lines: Line[] = [
      { kind: 'VM', count: 6, done: true },
      { kind: 'SERVER', count: 2 },
      { kind: 'CABINET', count: 1 },
      { kind: 'SERVICE', count: 30 },
      { kind: 'SERVICE', count: 1, done: true },
    ];
    setup({ lines, orders: 7 });
    expect(said()).toBe(
      '还在等：独立服务器 2 台交付、机柜机位 1 处交付、服务 1 项开通、工单 7 张办结。全部办结后交付。',
    );
    expect(screen.getByRole('link', { name: 'GD-0 上架' }).getAttribute('href')).toBe('/work-orders/w0');
    expect(screen.getByText('另有 2 张', { exact: true })).toBeTruthy();
  });

  it('says it in English, with one and with several', async () => {
    await changeLanguage('en');
    setup({ ready: 5, lines: [{ kind: 'SERVER', count: 1 }], orders: 2 });
    expect(said()).toBe(
      'Still waits for 1 machine to come up, 1 server to be handed over, 2 work orders. It is delivered when all of it is done.',
    );
    cleanup();
    await changeLanguage('zh-CN');
  });

  it('counts no lines of a form of which it knows a part only', () => {
    setup({ ready: 4, lines: [{ kind: 'SERVER', count: 1 }], allLines: 400 });
    expect(said()).toBe('还在等：云主机 2 台开通。全部办结后交付。');
  });

  it('asks and says nothing once it is delivered, or nothing is left', () => {
    const { executeQuery } = setup({ state: 'DELIVERED' });
    expect(executeQuery).not.toHaveBeenCalled();
    cleanup();
    setup({});
    expect(screen.queryByRole('status')).toBeNull();
  });
});
