import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import type { PermissionAction, PermissionObject } from '../../graphql/enums';
import { withTranslations } from '../../lib/i18n/for-tests';
import { SideMenu } from './SideMenu';

await withTranslations();
afterEach(() => {
  cleanup();
  localStorage.clear();
});

function entriesFor(...pairs: [PermissionObject, PermissionAction][]): (string | null)[] {
  const permissions = pairs.map(([object, action]) => ({ object, action, scope: 'PROVINCE' as const }));
  const { unmount } = render(
    <MemoryRouter>
      <SideMenu permissions={permissions} />
    </MemoryRouter>,
  );
  const entries = screen.getAllByRole('link').map((link) => link.textContent);
  unmount();
  return entries;
}

describe('SideMenu', () => {
  it('shows only home to someone without permissions', () => expect(entriesFor()).toEqual(['工作台']));

  it('shows an applicant requests and resources, but no approvals', () => {
    expect(entriesFor(['REQUEST', 'READ'], ['REQUEST', 'CREATE'], ['RESOURCE', 'READ'])).toEqual([
      '工作台',
      '申请单',
      '待盖章材料',
      '开通确认',
      '资源台账',
      '资源利用',
      '任务日志',
      '期限与回收',
      '值班通告',
    ]);
  });

  it('shows whoever answers for a department’s machines what has no record in its namespace', () => {
    expect(entriesFor(['RESOURCE', 'RELEASE'])).toEqual(['工作台', '隔离清单']);
  });

  it.each(['REVIEW', 'SIGN_OFF'] as const)('opens approvals by REQUEST %s', (action) => {
    expect(entriesFor(['REQUEST', action])).toContain('待办审批');
  });

  it('shows an audit administrator the log and no requests', () => {
    expect(entriesFor(['AUDIT', 'READ'])).toEqual(['工作台', '审计日志']);
  });

  it('names every page once, to finance too, which imports of several kinds', () => {
    const pages = entriesFor(
      ['BUDGET', 'READ'],
      ['BUDGET', 'IMPORT'],
      ['SPEND', 'READ'],
      ['SPEND', 'IMPORT'],
      ['PRICE', 'READ'],
    );
    expect(pages).toContain('数据导入');
    expect(pages.filter((page, at) => pages.indexOf(page) !== at)).toEqual([]);
  });

  describe('of whoever closes months', () => {
    const closes = [
      { object: 'REQUEST', action: 'READ', scope: 'PROVINCE' },
      { object: 'BUDGET', action: 'READ', scope: 'PROVINCE' },
      { object: 'SPEND', action: 'READ', scope: 'PROVINCE' },
      { object: 'CLOSING', action: 'READ', scope: 'PROVINCE' },
      { object: 'CLOSING', action: 'SUBMIT', scope: 'PROVINCE' },
    ] as const;
    const menu = (
      <MemoryRouter>
        <SideMenu permissions={closes} />
      </MemoryRouter>
    );
    const heads = () =>
      screen.getAllByRole('button').map((head) => [head.textContent, head.getAttribute('aria-expanded')]);

    it('begins with the sections of money; all others stand below, folded until they are opened', () => {
      const { unmount } = render(menu);
      expect(heads()).toEqual([
        ['核算与结账', 'true'],
        ['预算与支出', 'true'],
        ['数据', 'true'],
        ['申请与资源', 'false'],
      ]);
      expect(screen.queryByRole('link', { name: '申请单' })).toBeNull();
      fireEvent.click(screen.getByRole('button', { name: '申请与资源' }));
      expect(screen.getByRole('link', { name: '申请单' })).not.toBeNull();
      unmount();
      render(menu);
      expect(heads().at(-1)).toEqual(['申请与资源', 'true']);
    });

    it('leaves the next person at the same browser with the sections of his own', () => {
      const { unmount } = render(menu);
      fireEvent.click(screen.getByRole('button', { name: '预算与支出' }));
      unmount();
      expect(entriesFor(['REQUEST', 'READ'])).toContain('申请单');
    });
  });

  it('shows no section without a page in it', () => {
    render(
      <MemoryRouter>
        <SideMenu permissions={[{ object: 'AUDIT', action: 'READ', scope: 'PROVINCE' }]} />
      </MemoryRouter>,
    );
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['审计']);
  });

  it('marks the one entry that is furthest down the address, and not what it lies under as well', () => {
    render(
      <MemoryRouter initialEntries={['/duty/notices/n1']}>
        <SideMenu
          permissions={[
            { object: 'DUTY', action: 'READ', scope: 'PROVINCE' },
            { object: 'RESOURCE', action: 'READ', scope: 'PROVINCE' },
          ]}
        />
      </MemoryRouter>,
    );
    const current = screen.getAllByRole('link').filter((link) => link.getAttribute('aria-current') === 'page');
    expect(current.map(({ textContent }) => textContent)).toEqual(['值班通告']);
  });

  it('folds a section, remembers it, and says that the page is inside', () => {
    const menu = (
      <MemoryRouter initialEntries={['/audit']}>
        <SideMenu permissions={[{ object: 'AUDIT', action: 'READ', scope: 'PROVINCE' }]} />
      </MemoryRouter>
    );
    const { unmount } = render(menu);
    fireEvent.click(screen.getByRole('button', { name: '审计' }));
    expect(screen.queryByRole('link', { name: '审计日志' })).toBeNull();
    unmount();
    const { container } = render(menu);
    const head = screen.getByRole('button', { name: '审计' });
    expect(head.getAttribute('aria-expanded')).toBe('false');
    expect(container.querySelector('[data-here="true"]')).not.toBeNull();
    fireEvent.click(head);
    expect(screen.getByRole('link', { name: '审计日志' }).getAttribute('aria-current')).toBe('page');
  });
});
