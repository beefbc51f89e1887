import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { NothingWrong } from './AddressReconcilePage';

await withTranslations();
afterEach(cleanup);

describe('an address list without what wants a person', () => {
  it('says that all agrees only where all agrees', () => {
    render(<NothingWrong notSeen={0} />);
    expect(screen.getByRole('heading', { name: '地址账实相符' })).toBeTruthy();
  });

  it('says how many are not seen, and where they are listed', () => {
    render(<NothingWrong notSeen={1_200} />);
    expect(screen.getByRole('heading', { name: '没有需要处理的地址' })).toBeTruthy();
    expect(screen.getByText(/另有 1,200 个“账有实无”/)).toBeTruthy();
    expect(screen.queryByText(/账实相符/)).toBeNull();
  });
});
