import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render } from '@testing-library/react';
import { maskFragments } from 'gql.tada';
import type { ResultOf } from '../../../graphql/tada';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ThreeCentersCenter } from '../../../ui/three-centers/three-centers.gql';
import type { RequestParts } from '../requests.gql';
import { PlanPanel } from './PlanPanel';

await withTranslations();
afterEach(cleanup);

type Request = ResultOf<typeof RequestParts>;
type Line = Request['plan'][number];
type Share = Line['shares'][number];

const center = (id: string, role: 'ACTIVE_A' | 'ACTIVE_B' | 'RECOVERY', life: 'IN_SERVICE' | 'BUILDING') => ({
  ...{ id, code: id, name: `中心${id}`, role, life, cluster: null, pools: [] },
});
const centers = [
  center('A', 'ACTIVE_A', 'IN_SERVICE'),
  center('B', 'ACTIVE_B', 'IN_SERVICE'),
  center('R', 'RECOVERY', 'BUILDING'),
];
const share = (centerId: string, standing: Share['standing'], owed: boolean): Share => ({
  ...{ count: 2, owed, standing, center: { id: centerId } },
});

function picture(localMode: 'SINGLE' | 'DUAL_ACTIVE', shares: Share[]) {
  const line: Line = { kind: 'VM', count: 2, localMode, remoteMode: 'APPLICATION', center: null, shares };
  const request = { id: 'r', state: 'DELIVERED', holdExpiresAt: null, plan: [line] } as unknown as Request;
  const { container } = render(
    <ThemeProvider>
      <PlanPanel request={request} centers={maskFragments([ThreeCentersCenter], centers)} compact />
    </ThemeProvider>,
  );
  const rows = [...container.querySelectorAll('table tbody tr')].map((row) => row.textContent ?? '');
  const isIdle = (kind: string) => container.querySelector(`.jy-link-${kind}`)?.getAttribute('data-idle');
  return {
    of: (id: string) => rows.find((text) => text.includes(`中心${id}`)) ?? '',
    drawn: container.querySelector('svg')?.textContent ?? '',
    idle: { sameCity: isIdle('same-city'), remote: isIdle('remote') },
  };
}

describe('the plan of a request with an owed share', () => {
  it('draws the share as owed in the center that it waits for, and never as standing by', () => {
    const { drawn, of } = picture('SINGLE', [share('A', 'RUNNING', false), share('R', 'STANDBY', true)]);
    expect(of('A')).toContain('运行：云主机 2');
    expect(of('R')).toContain('容灾欠账：云主机 2');
    expect(drawn).toContain('容灾欠账：云主机 2');
    for (const text of [of('R'), drawn]) expect(text).not.toContain('备用：');
  });

  it('leaves the link idle that leads to it, until it stands there', () => {
    const main = share('A', 'RUNNING', false);
    expect(picture('SINGLE', [main, share('R', 'STANDBY', true)]).idle.remote).toBe('true');
    cleanup();
    expect(picture('SINGLE', [main, share('R', 'STANDBY', false)]).idle.remote).toBe('false');
    cleanup();
    const owedSide = picture('DUAL_ACTIVE', [main, share('B', 'RUNNING', true), share('R', 'STANDBY', false)]);
    expect(owedSide.idle).toEqual({ sameCity: 'true', remote: 'false' });
    expect(owedSide.of('B')).toContain('容灾欠账：云主机 2');
  });
});
