import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import type { Permission } from '../../../graphql/permissions';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { UsePanel } from './UsePanel';

await withTranslations();
afterEach(cleanup);

const figures = { p50: 10, p95: 20, max: 30, mean: 12 };
const rate = { p95: 2_048 };
const day = (text: string, partial = false) => ({
  ...{ day: text, partial, hours: partial ? 9 : 24, cpu: figures, memory: figures, disk: null },
  ...{ diskRead: rate, diskWrite: rate, netIn: rate, netOut: rate },
});
const resource = {
  ...{ id: 'r1', state: 'IN_USE', management: 'DRIVEN', openChange: null, reclaimCase: null, sizeSuggestion: null },
  use: {
    ...{ state: 'CURRENT', lastSampleAt: '2026-11-29T05:00:00Z', windowDays: 30, seenDays: 3 },
    ...{ cpuP95: 20, memoryP95: 20, idle: null },
  },
  useDays: [day('2026-11-26'), day('2026-11-28'), day('2026-11-29', true)],
};
const IDLE = { text: '近 30 天都很闲。', figures: [] };
const SMALLER = { offerId: 'o1', vcpu: 4, memoryMib: 8_192, savedMonthly: '12345' };

function Where() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

function setup(over: object, permissions: Permission[] = []) {
  const answer = { stale: false, hasNext: false, data: { resource: { ...resource, ...over } } };
  const client = {
    executeQuery: () => merge([fromValue(answer), never]),
    executeSubscription: () => never,
  } as unknown as Client;
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '李', departmentName: '省', permissions, seesCapacityFigures: true }}
      >
        <MemoryRouter>
          <ThemeProvider>
            <UsePanel id="r1" />
            <Where />
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const where = () => screen.getByRole('status').textContent;

describe('UsePanel', () => {
  it('breaks its lines where a day was not seen, and says each day in words', () => {
    setup({});
    const charts = screen.getAllByRole('img');
    expect(charts).toHaveLength(2);
    // Two pieces (one before the gap, one after it) of two lines.
    expect(charts[0]?.querySelectorAll('polyline')).toHaveLength(4);
    expect([...(charts[0]?.querySelectorAll('title') ?? [])].map((title) => title.textContent)).toEqual([
      '2026-11-26：p95 20.0%，平均 12.0%，中位 10.0%，最高 30.0%',
      '2026-11-28：p95 20.0%，平均 12.0%，中位 10.0%，最高 30.0%',
      '2026-11-29：p95 20.0%，平均 12.0%，中位 10.0%，最高 30.0%',
    ]);
    expect(screen.getByText(/今天为部分数据（9 小时）/)).toBeTruthy();
  });

  it('says why there is nothing', () => {
    setup({ useDays: [], use: { ...resource.use, state: 'NOT_MEASURED' } });
    expect(screen.getByText(/只在台账中登记/)).toBeTruthy();
    cleanup();
    setup({ useDays: [], use: { ...resource.use, state: 'NEVER' } });
    expect(screen.getByText(/还没有监控数据/)).toBeTruthy();
  });

  it('says that what it uses now is unknown when the last reading is old', () => {
    setup({ use: { ...resource.use, state: 'OLD' } });
    expect(screen.getByText(/当前使用情况未知/)).toBeTruthy();
  });

  it('leads an idle one to a reclaim case, for whoever may open one and only while none is open', () => {
    const idle = { use: { ...resource.use, idle: IDLE } };
    const may: Permission[] = [{ object: 'RESOURCE', action: 'REVIEW', scope: 'PROVINCE' }];
    setup(idle, may);
    press('发起闲置回收');
    expect(where()).toBe('/reclaim-cases/new?resource=r1');
    cleanup();
    setup(idle);
    expect(screen.queryByRole('button', { name: '发起闲置回收' })).toBeNull();
    cleanup();
    setup({ ...idle, reclaimCase: { id: 'c', code: 'HS-1' } }, may);
    expect(screen.queryByRole('button', { name: '发起闲置回收' })).toBeNull();
  });

  it('leads one that is too big to a change that begins with the smaller size', () => {
    setup({ sizeSuggestion: SMALLER }, [{ object: 'REQUEST', action: 'CREATE', scope: 'OWN_DEPARTMENT' }]);
    expect(screen.getByText('¥123.45')).toBeTruthy();
    press(/^变\s?更$/);
    expect(where()).toBe('/requests/change?resources=r1&offer=o1');
  });
});
