import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { DepartmentUsePage } from './DepartmentUsePage';

await withTranslations();
afterEach(cleanup);

const sum = {
  ...{ machines: 12, seen: 9, vcpu: 96, memoryMib: 393_216, cpuMean: 12.34, memoryMean: 45.6 },
  ...{ idle: 2, idleMonthly: '160000', oversized: 3, oversizedMonthly: '40050' },
};
const row = { ...sum, department: { id: 'd1', name: '省财政厅' } };
const unknown = {
  ...{ machines: 4, seen: 0, vcpu: 8, memoryMib: 16_384, cpuMean: null, memoryMean: null },
  ...{ idle: 0, idleMonthly: null, oversized: 0, oversizedMonthly: null, department: { id: 'd2', name: '省档案馆' } },
};

function setup(nodes: readonly object[], address = '/resource-use') {
  const asked: unknown[] = [];
  const data = {
    departmentUses: { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes },
    useTotal: { ...sum, windowDays: 45 },
  };
  const client = {
    executeQuery: (request: { variables: unknown }) => {
      asked.push(request.variables);
      return merge([fromValue({ stale: false, hasNext: false, data }), never]);
    },
    executeSubscription: () => never,
  } as unknown as Client;
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '李', departmentName: '省', permissions: [], seesCapacityFigures: true }}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <DepartmentUsePage />
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return asked;
}

describe('DepartmentUsePage', () => {
  it('leads from a department’s idle machines, and from those that are too big, to just these', () => {
    setup([row]);
    const to = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(to('省财政厅')).toBe('/resources?department=d1');
    expect(to('2')).toBe('/resources?use=IDLE&department=d1');
    expect(to('3')).toBe('/resources?use=OVERSIZED&department=d1');
    expect(screen.getByText('¥2,000.50')).toBeTruthy();
  });

  it('says what is unknown with a dash, never with nought', () => {
    setup([unknown]);
    const cells = screen.getAllByRole('cell').map((cell) => cell.textContent);
    expect(cells).toContain('0 / 4');
    expect(cells.filter((text) => text === '–')).toHaveLength(4);
    expect(cells.join(' ')).not.toContain('0.0%');
  });

  it('says of how many days it speaks, by the rules', () => {
    setup([row]);
    expect(screen.getByText(/近 45 天的利用率/)).toBeTruthy();
  });

  it('keeps its order in the address', () => {
    expect(setup([row], '/resource-use?order=CPU')[0]).toMatchObject({ orderBy: 'CPU', departmentId: null });
  });

  it('says what to expect when nothing runs yet', () => {
    setup([]);
    expect(screen.getByRole('heading', { name: '还没有在用的云主机' })).toBeTruthy();
  });
});
