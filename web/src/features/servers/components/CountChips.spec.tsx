import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { CpuMaker, ServerState } from '../../../graphql/enums';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { CountChips, domesticShare } from './CountChips';

await withTranslations();
afterEach(cleanup);

const makers = new Map<CpuMaker, string>([
  ['KUNPENG', '鲲鹏'],
  ['HYGON', '海光'],
  ['INTEL', '英特尔'],
]);
const counts = {
  total: 3,
  byState: [
    { state: 'RETIRED' as const, count: 1 },
    { state: 'FREE' as const, count: 1_200 },
  ],
  byMaker: [
    { maker: 'KUNPENG' as const, domestic: true, count: 999 },
    { maker: 'INTEL' as const, domestic: false, count: 1 },
  ],
  byAccelerator: [],
};

function setup(states: ServerState[], maker: CpuMaker | '', known: typeof counts | null = counts) {
  const onStates = jest.fn<(states: ServerState[]) => void>();
  const onMaker = jest.fn<(maker: CpuMaker | '') => void>();
  render(<CountChips {...{ counts: known ?? undefined, makers, states, maker, onStates, onMaker }} />);
  return { onStates, onMaker };
}
const chips = () => screen.getAllByRole('button').map((chip) => chip.textContent);

describe('CountChips', () => {
  it('shows what there is in the order of a life, and keeps what is chosen though none is left of it', () => {
    setup(['HELD'], 'HYGON');
    expect(chips()).toEqual(['空闲 1,200', '已预占 0', '已退役 1', '鲲鹏 999', '海光 0', '英特尔 1']);
    expect(screen.getByRole('button', { name: '已预占 0' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('offers everything without figures until they are here', () => {
    setup([], '', null);
    expect(chips()).toHaveLength(8 + makers.size);
    expect(chips()).toContain('维修中');
  });

  it('adds a state to those chosen, and changes the one maker', () => {
    const { onStates, onMaker } = setup(['FREE'], 'KUNPENG');
    fireEvent.click(screen.getByRole('button', { name: '已退役 1' }));
    expect(onStates).toHaveBeenCalledWith(['FREE', 'RETIRED']);
    fireEvent.click(screen.getByRole('button', { name: '英特尔 1' }));
    expect(onMaker).toHaveBeenLastCalledWith('INTEL');
    fireEvent.click(screen.getByRole('button', { name: '鲲鹏 999' }));
    expect(onMaker).toHaveBeenLastCalledWith('');
  });

  it('never calls a share whole that is not', () => {
    expect(domesticShare(counts.byMaker)).toBe(99);
    expect(domesticShare([])).toBeNull();
    setup([], '');
    expect(screen.getByText('信创占 99%')).not.toBeNull();
  });
});
