import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ChangeGroupFields } from './ChangeGroupFields';
import { asItIs, type ChangeGroup } from './change-draft';
import type { Choices } from './line-draft';

await withTranslations();
afterEach(cleanup);

const offer = {
  ...{ id: 'o1', name: '2 核 4 GiB', architecture: 'ARM64', vcpu: 2, memoryMib: 4_096 },
  ...{ accelerator: null, acceleratorCount: 0 },
};
const group = (more: object = {}, machine: object = {}): ChangeGroup =>
  ({
    ...{
      name: 'web',
      whole: false,
      siblings: 1,
      localMode: 'SINGLE',
      remoteMode: 'NONE',
      owesShare: false,
      errors: [],
    },
    resources: [
      {
        ...{ id: 'm1', code: 'VM-2026-000001', name: 'web-1', vcpu: 2, memoryMib: 4_096, diskGib: 100 },
        ...{ storageTier: 'HDD', management: 'DRIVEN', monthlyCost: '10000', offer },
        system: { id: 's1', name: '人口库' },
        project: { id: 'p1', name: '项目' },
        center: { id: 'c1', name: '同城中心 A', role: 'ACTIVE_A' },
        ...machine,
      },
    ],
    ...more,
  }) as unknown as ChangeGroup;

function show(shown: ChangeGroup): void {
  const choices = { catalog: { offers: [offer] } } as unknown as Choices;
  render(
    <MemoryRouter>
      <ThemeProvider>
        <ChangeGroupFields
          group={shown}
          wished={asItIs(shown)}
          number={0}
          choices={choices}
          errors={[]}
          onChange={() => undefined}
        />
      </ThemeProvider>
    </MemoryRouter>,
  );
}

describe('the fields of a change', () => {
  it('say before anything is pressed that the storage tier stays, and where another one is asked for', () => {
    show(group());
    expect(screen.getByText(/存储类型：HDD，不能就地更换/)).toBeTruthy();
    const instead = screen.getByRole('link', { name: '申请新云主机' });
    expect(instead.getAttribute('href')).toBe('/requests/new?kind=VM&system=s1');
  });

  it('say of a machine that people look after that an order carries the change out', () => {
    show(group());
    expect(screen.queryByText(/由服务商按工单/)).toBeNull();
    cleanup();
    show(group({}, { management: 'RECORDED' }));
    expect(screen.getByText(/由服务商按工单在所在平台调整/)).toBeTruthy();
  });

  it('keep the DR modes while a share is owed, and say what to do first', () => {
    show(group({ owesShare: true, remoteMode: 'APPLICATION' }));
    expect(screen.queryByLabelText('同城部署')).toBeNull();
    expect(screen.queryByLabelText('异地灾备')).toBeNull();
    expect(screen.getByText(/容灾模式：单中心 · 异地应用级灾备。其中有未补建的容灾欠账/)).toBeTruthy();
  });
});
