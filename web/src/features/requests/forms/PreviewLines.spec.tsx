import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { PreviewLines } from './PreviewLines';

await withTranslations();
afterEach(cleanup);

type Props = Parameters<typeof PreviewLines>[0];

const check = (criterion: string, passed: boolean) => ({ criterion, text: criterion, passed, figures: null });

function setup(checks: readonly object[]): void {
  const line = { index: 0, feasible: false, monthlyCost: null, checks };
  const preview = { lineNumbers: [0], result: { lines: [line], suggestions: [] } } as unknown as Props['preview'];
  const draft = { system: { id: 's1' }, lines: [{ name: 'web' }] } as unknown as Props['draft'];
  render(
    <MemoryRouter>
      <PreviewLines preview={preview} draft={draft} onTake={() => undefined} />
    </MemoryRouter>,
  );
}

describe('PreviewLines', () => {
  it('leads from a level that no pool carries to what is on record of the system, and from nothing else', () => {
    setup([check('P1', true), check('P13', false)]);
    expect(screen.getByRole('link', { name: '查看系统的等保登记' }).getAttribute('href')).toBe('/systems/s1');
    cleanup();
    setup([check('P13', true), check('P7', false)]);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
