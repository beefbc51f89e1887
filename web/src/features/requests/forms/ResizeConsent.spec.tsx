import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ResizeConsent } from './ResizeConsent';
import { resizeWays } from './resize-ways';
import type { ChangePreview } from './use-preview-change';

await withTranslations();
afterEach(cleanup);

const NEEDED = [{ field: 'restartAgreed', message: '请确认同意重启云主机' }];

function show(restartCount: number, liveCount: number, errors: { field: string; message: string }[] = []) {
  const answers: boolean[] = [];
  render(
    <MemoryRouter>
      <ThemeProvider>
        <ResizeConsent
          ways={{ restartCount, liveCount }}
          agreed={false}
          errors={errors}
          onChange={(agreed) => answers.push(agreed)}
        />
      </ThemeProvider>
    </MemoryRouter>,
  );
  return answers;
}

describe('how machines get their new size', () => {
  it('asks for nothing where all of them get it while they run', () => {
    show(0, 2);
    expect(screen.getByText(/^2 台云主机在线调整，不重启、不中断业务/)).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('asks for the restart where none of them does', () => {
    const answers = show(1, 0, NEEDED);
    expect(screen.queryByText(/台云主机在线调整/)).toBeNull();
    expect(screen.getByText('请确认同意重启云主机')).toBeTruthy();
    fireEvent.click(screen.getByRole('checkbox', { name: '同意重启云主机' }));
    expect(answers).toEqual([true]);
  });

  it('tells both apart', () => {
    show(1, 3);
    expect(screen.getByText(/^3 台云主机在线调整，不重启；其余需要重启/)).toBeTruthy();
    expect(screen.getByRole('checkbox', { name: '同意重启云主机' })).toBeTruthy();
  });
});

describe('which way it is', () => {
  const preview = (restartCount: number, liveCount: number) =>
    ({ ways: { restartCount, liveCount } }) as unknown as ChangePreview;

  it('is the server’s to say, and nothing is said before it has', () => {
    expect(resizeWays(true, { preview: null, failure: null })).toBeNull();
    expect(resizeWays(true, { preview: preview(0, 2), failure: null })).toEqual({ restartCount: 0, liveCount: 2 });
    expect(resizeWays(false, { preview: preview(1, 2), failure: null })).toBeNull();
    expect(resizeWays(true, { preview: preview(0, 0), failure: null })).toBeNull();
  });

  it('is a restart where the server cannot be asked', () => {
    const offline = { preview: null, failure: { kind: 'offline' } } as unknown as Parameters<typeof resizeWays>[1];
    expect(resizeWays(true, offline)?.restartCount).toBe(1);
  });
});
