import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { readXlsx } from 'hucre/xlsx';
import i18next from 'i18next';
import { MemoryRouter, Route, Routes } from 'react-router';
import { type Client, Provider } from 'urql';
import { fromValue, merge, never } from 'wonka';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { workbookOf } from '../../../lib/save-table';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ViewerContext } from '../../../ui/viewer-context';
import { sheetsOf, spanAfter } from '../selfbuild-words';
import { AssumptionsPage } from './AssumptionsPage';
import { SelfBuildPage } from './SelfBuildPage';

await withTranslations();
afterEach(cleanup);

const assumption = { key: 'PUE', group: 'ROOM', unit: 'RATIO', value: '1.6', source: 'ASSUMED', note: '小机房' };
const edition = {
  ...{ id: 'e1', number: 1, inForce: true, note: '首版', effectiveFrom: '2026-11-01', version: 2 },
  ...{
    changedAt: '2026-11-01T00:00:00.000Z',
    changedBy: '钱',
    publishedAt: '2026-11-01T01:00:00.000Z',
    publishedBy: '孙',
  },
  ...{ problems: [], assumptions: [assumption] },
};
const comparison = {
  ...{ subjectName: '省财政厅', first: '2026-10', last: '2026-10', months: 1, years: 5, accounted: '4000000' },
  ...{ beside: '12300', draftedMonths: ['2026-10'], selfBuild: '400000000', jiyun: '240000000', savings: '160000000' },
  savingsPart: 4_000,
  lines: [
    {
      ...{ key: 'HOSTS', amount: '300000000' },
      terms: [
        { term: 'HOSTS', value: '12' },
        { term: 'PURCHASES', value: '1' },
      ],
    },
    { key: 'POWER', amount: '100000000', terms: [{ term: 'KWH', value: '231789.6' }] },
    { key: 'SITE_LINES', amount: '0', terms: [{ term: 'LINES', value: '0' }] },
  ],
  byYear: [1, 2, 3, 4, 5].map((year) => ({
    year,
    selfBuild: String(year * 80_000_000),
    jiyun: String(year * 48_000_000),
  })),
  sites: [
    {
      ...{ centerName: '主中心', vcpu: '120', memoryGib: '480.5', ssdTib: '10', hddTib: '0', accelerators: '0' },
      ...{ servers: '1', cabinetU: '4' },
    },
  ],
  edition,
};
const data = {
  departments: { rows: [{ key: 'd1', label: '省财政厅' }] },
  systems: { rows: [{ key: 's1', label: '人口库' }] },
  statementMonths: ['2026-11', '2026-10'],
  selfBuildEditions: [edition],
  selfBuildComparison: comparison,
};

function setup(address: string, answer: object, rights: readonly (readonly [string, string])[] = [['BUDGET', 'READ']]) {
  const asked: { variables: Record<string, unknown> }[] = [];
  const sent: { variables: { input: Record<string, unknown> } }[] = [];
  const client = {
    executeQuery: (request: (typeof asked)[number]) => {
      asked.push(request);
      return merge([fromValue({ stale: false, hasNext: false, data: answer }), never]);
    },
    executeMutation: (request: (typeof sent)[number]) => {
      sent.push(request);
      return fromValue({ stale: false, hasNext: false, data: { outcome: { edition, errors: [] } } });
    },
    executeSubscription: () => never,
  } as unknown as Client;
  const permissions = rights.map(([object, action]) => ({ object, action, scope: 'PROVINCE' }));
  render(
    <Provider value={client}>
      <ViewerContext
        value={{ id: 'u', displayName: '钱', departmentName: '省', permissions, seesCapacityFigures: true } as never}
      >
        <MemoryRouter initialEntries={[address]}>
          <ThemeProvider>
            <Routes>
              <Route path="/self-build" element={<SelfBuildPage />} />
              <Route path="/self-build/assumptions" element={<AssumptionsPage />} />
            </Routes>
          </ThemeProvider>
        </MemoryRouter>
      </ViewerContext>
    </Provider>,
  );
  return { asked, sent };
}

describe('SelfBuildPage', () => {
  it('compares the dearest where nobody has chosen, by what is in force, and says how each line comes about', () => {
    const { asked } = setup('/self-build?first=2026-10&last=2026-10', data);
    expect(asked.find(({ variables }) => 'years' in variables)?.variables).toMatchObject({
      ...{ departmentId: 'd1', systemId: null, first: '2026-10', last: '2026-10', years: 5, editionId: null },
    });
    const lines = screen.getByRole('table', { name: '自建成本构成' });
    expect(
      within(lines)
        .getAllByRole('row')
        .map((row) => row.textContent),
    ).toEqual([
      ...['项目计算依据金额占比', '虚拟化主机主机 12 台 · 采购 1 轮¥3,000,000.0075.0%'],
      ...['电力（含 PUE）231,789.6 kWh¥1,000,000.0025.0%', '合计¥4,000,000.00'],
    ]);
    expect(screen.getByText('占自建成本 40.00%')).toBeTruthy();
    expect(screen.getByText(/按第 1 版参数（孙 启用）计算/)).toBeTruthy();
    expect(screen.getByText(/2026-10 尚未结账/)).toBeTruthy();
    expect(within(screen.getByRole('table', { name: '累计成本' })).getAllByRole('row')).toHaveLength(6);
  });

  it('says so where building would be cheaper', () => {
    setup('/self-build', {
      ...data,
      selfBuildComparison: { ...comparison, selfBuild: '200000000', savings: '-40000000', savingsPart: -2_000 },
    });
    const figures = screen.getByRole('list', { name: '对比结果' });
    expect(figures.textContent).toContain('自建更省¥40.00 万占自建成本 20.00%');
  });

  it('asks for a system, and then for no department', () => {
    const { asked } = setup('/self-build?department=d1&system=s1&years=8&edition=e1', data);
    expect(asked.find(({ variables }) => 'years' in variables)?.variables).toMatchObject({
      ...{ departmentId: null, systemId: 's1', years: 8, editionId: 'e1' },
    });
  });

  it('says what is missing: assumptions, use, or anything that was accounted for', () => {
    setup('/self-build', { ...data, selfBuildEditions: [], selfBuildComparison: null });
    expect(screen.getByRole('heading', { name: '还没有启用的测算参数' })).toBeTruthy();
    cleanup();
    setup('/self-build', { ...data, selfBuildComparison: null });
    expect(screen.getByRole('heading', { name: '所选单位或系统在这段时间没有可比较的用量' })).toBeTruthy();
    cleanup();
    setup('/self-build', { ...data, departments: { rows: [] } });
    expect(screen.getByRole('heading', { name: '请选择单位或系统' })).toBeTruthy();
  });

  it('saves everything that the result is made of, with money as numbers', async () => {
    const book = await readXlsx(await workbookOf(sheetsOf(i18next.t, comparison as never)));
    expect(book.sheets.map(({ name }) => name)).toEqual(['对比结果', '实际用量', '测算参数']);
    const [result, use, assumptions] = book.sheets.map(({ rows }) => rows);
    expect(result).toContainEqual(expect.arrayContaining(['虚拟化主机', '主机 12 台 · 采购 1 轮', 3_000_000]));
    expect(result).toContainEqual(expect.arrayContaining(['节约', 1_600_000]));
    expect(use?.[1]?.slice(0, 3)).toEqual(['主中心', 120, 480.5]);
    expect(assumptions?.[1]).toEqual(['PUE', 1.6, '倍', '自行假设', '小机房']);
  });
});

describe('AssumptionsPage', () => {
  const draft = {
    ...edition,
    ...{ id: 'e2', number: null, inForce: false, version: 1, publishedAt: null, publishedBy: null },
    assumptions: [{ ...assumption, value: null, note: '' }],
    problems: [
      {
        __typename: 'InvalidInput',
        code: 'INVALID_INPUT',
        path: ['assumptions', 'PUE', 'value'],
        message: '请填写取值',
        rule: 'required',
      },
    ],
  };

  it('shows each value with where it is from, and lets nobody change what is in force', () => {
    setup('/self-build/assumptions', data, [['SPEND', 'READ']]);
    expect(screen.getByRole('row', { name: /PUE 1.6 倍 自行假设 小机房/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: '起草新版' })).toBeNull();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('names what is missing of a draft, and sends what was filled in', () => {
    const { sent } = setup('/self-build/assumptions', { ...data, selfBuildEditions: [draft, edition] }, [
      ['SPEND', 'EDIT'],
    ]);
    expect(screen.getByRole('heading', { name: '启用前须补全（1 项）' })).toBeTruthy();
    fireEvent.change(screen.getByLabelText('取值'), { target: { value: '1.5' } });
    fireEvent.change(screen.getByLabelText('依据'), { target: { value: '实测' } });
    fireEvent.click(screen.getByRole('button', { name: '保存草稿' }));
    expect(sent[0]?.variables.input).toMatchObject({
      ...{ id: 'e2', expectedVersion: 1 },
      assumptions: [{ key: 'PUE', value: '1.5', source: 'ASSUMED', note: '实测' }],
    });
    // Whoever only drafts puts nothing in force.
    expect(screen.queryByRole('button', { name: '启用' })).toBeNull();
  });
});

describe('the months that are looked at', () => {
  it('are a year at most and in order, whichever end is moved', () => {
    expect(spanAfter('first', '2025-10', '2026-11')).toEqual({ first: '2025-10', last: '2026-09' });
    expect(spanAfter('first', '2026-12', '2026-11')).toEqual({ first: '2026-12', last: '2026-12' });
    expect(spanAfter('first', '2026-01', '2026-11')).toEqual({ first: '2026-01', last: '2026-11' });
    expect(spanAfter('last', '2026-11', '2025-01')).toEqual({ first: '2025-12', last: '2026-11' });
    expect(spanAfter('last', '2026-01', '2026-05')).toEqual({ first: '2026-01', last: '2026-01' });
  });
});
