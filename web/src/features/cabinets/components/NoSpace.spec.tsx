import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import type { Permission } from '../../../graphql/permissions';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ViewerContext } from '../../../ui/viewer-context';
import { NoSpace } from './NoSpace';

await withTranslations();
afterEach(cleanup);

function setup(departmentName: string | null, permissions: Permission[]) {
  render(
    <ViewerContext value={{ id: 'u', displayName: '李晓雨', departmentName, permissions, seesCapacityFigures: false }}>
      <MemoryRouter>
        <NoSpace title="还没有登记机房">由机房工程师登记。</NoSpace>
      </MemoryRouter>
    </ViewerContext>,
  );
}
const reads = (scope: Permission['scope']): Permission => ({ object: 'CABINET', action: 'READ', scope });

describe('NoSpace', () => {
  it('says that nothing was entered only to whoever would see it', () => {
    setup('省大数据管理中心', [reads('PROVINCE')]);
    expect(screen.getByRole('heading', { name: '还没有登记机房' })).toBeTruthy();
    expect(screen.getByText('由机房工程师登记。')).toBeTruthy();
  });

  it('says to a department that it has no space here, and leads to a request whoever may make one', () => {
    setup('省财政厅', [reads('OWN_DEPARTMENT'), { object: 'REQUEST', action: 'CREATE', scope: 'OWN_DEPARTMENT' }]);
    expect(screen.getByRole('heading', { name: '省财政厅在这里没有机柜空间' })).toBeTruthy();
    expect(screen.queryByText(/机房工程师/)).toBeNull();
    expect(screen.getByRole('link', { name: '新建申请' }).getAttribute('href')).toBe('/requests/new');
  });

  it('says to a city whose applicants ask', () => {
    setup('南京市', [reads('DEPARTMENT_TREE')]);
    expect(screen.getByRole('heading', { name: '南京市及下级在这里没有机柜空间' })).toBeTruthy();
    expect(screen.getByText(/由使用单位的经办人申请/)).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
  });
});
