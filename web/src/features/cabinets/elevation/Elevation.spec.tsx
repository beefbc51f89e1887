import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { arranged, obstacles, type RackCabinet, type RackHolder, type Target } from './arrangement';
import { Elevation } from './Elevation';
import { type Face, inTheWay, placeOfBox, REGULAR, type Side } from './layout';
import { type SendMove, useMoving } from './use-moving';

await withTranslations();
afterEach(cleanup);

const thing = (
  id: string,
  startUnit: number | null,
  heightUnits: number,
  more: Partial<RackHolder> = {},
): RackHolder => ({
  id,
  startUnit,
  heightUnits,
  face: 'BOTH',
  state: 'OCCUPIED',
  foreign: false,
  label: id,
  reason: null,
  ...more,
});
const cabinet = (id: string, holders: RackHolder[], more: Partial<RackCabinet> = {}): RackCabinet => ({
  id,
  code: id,
  heightUnits: 10,
  startingUnit: 1,
  numbering: 'ASCENDING',
  holders,
  ...more,
});

type BoardProps = {
  cabinets: RackCabinet[];
  sides?: readonly Side[];
  send?: SendMove<RackHolder>;
  mayMove?: boolean;
  find?: string;
};

function Board({ cabinets, sides = ['FRONT'], send = async () => true, mayMove = true, find }: BoardProps) {
  const moving = useMoving(cabinets, send);
  const compact = cabinets.length > 1;
  return (
    <>
      {moving.cabinets.flatMap((one) =>
        sides.map((side) => (
          <Elevation
            key={`${one.id}${side}`}
            cabinet={one}
            side={side}
            compact={compact}
            title={one.code}
            moving={moving}
            mayMove={mayMove}
            selected={null}
            onSelect={() => undefined}
            matches={find ? ({ label }) => label?.includes(find) ?? false : null}
            onLeave={() => undefined}
          />
        )),
      )}
      <output>{moving.lift ? `${moving.lift.target.cabinetId} ${moving.lift.target.startUnit}` : ''}</output>
    </>
  );
}

const cell = (unit: number, grid = 0): HTMLElement => {
  const found = screen.getAllByRole('grid')[grid]?.querySelector<HTMLElement>(`[data-unit="${unit}"]`);
  if (!found) throw new Error(`no unit ${unit}`);
  return found;
};
const key = (name: string, more = {}) => fireEvent.keyDown(document.activeElement as Element, { key: name, ...more });
const carried = () => document.querySelector('output')?.textContent;
/** Every thing drawn, read back from the pixels. */
const drawn = (frame: RackCabinet, measure = REGULAR) =>
  [...document.querySelectorAll<SVGElement>('g[data-holder]')].map((group) => {
    const rect = group.querySelector('.jy-unit-ground');
    const of = (name: string) => Number(rect?.getAttribute(name));
    // Each thing is drawn half a pixel inside its place.
    return { id: group.dataset.holder, ...placeOfBox(frame, { y: of('y') - 0.5, height: of('height') + 1 }, measure) };
  });

describe('Elevation', () => {
  it('draws what can be read back from the picture', () => {
    const wishes = fc.array(
      fc.record({
        half: fc.nat({ max: 19 }),
        halves: fc.integer({ min: 1, max: 6 }),
        face: fc.constantFrom<Face>('FRONT', 'REAR', 'BOTH'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        wishes,
        fc.constantFrom('ASCENDING', 'DESCENDING'),
        fc.constantFrom('FRONT', 'REAR'),
        (list, n, side) => {
          const frame = cabinet('A', [], { numbering: n as 'ASCENDING' });
          const holders: RackHolder[] = [];
          for (const [index, { half, halves, face }] of list.entries()) {
            const [startUnit, heightUnits] = [1 + half / 2, halves / 2];
            if (half + halves > 20 || inTheWay(frame, holders, { startUnit, heightUnits, face }, '').length > 0)
              continue;
            holders.push(thing(`${index}`, startUnit, heightUnits, { face }));
          }
          cleanup();
          render(<Board cabinets={[{ ...frame, holders }]} sides={[side as Side]} />);
          expect(drawn(frame)).toEqual(
            holders
              .filter(({ face }) => face === 'BOTH' || face === side)
              .map(({ id, startUnit, heightUnits }) => ({ id, startUnit, heightUnits })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says for each unit what is there, and walks by the arrow keys', () => {
    render(
      <Board
        cabinets={[cabinet('A', [thing('web-1', 3, 2), thing('x', 7, 1, { state: 'BLOCKED', reason: '桥架' })])]}
      />,
    );
    expect(cell(4).getAttribute('aria-label')).toBe('U4 web-1、2U、U3–4、已占用、全深');
    expect(cell(7).getAttribute('aria-label')).toContain('桥架');
    expect(cell(10).getAttribute('aria-label')).toBe('U10 空闲');
    act(() => cell(10).focus());
    key('ArrowDown');
    expect(document.activeElement?.getAttribute('data-unit')).toBe('9');
    key('End');
    expect(document.activeElement?.getAttribute('data-unit')).toBe('1');
  });

  it("tells of another department's thing only that the place is taken", () => {
    render(<Board cabinets={[cabinet('A', [thing('secret', 3, 1, { foreign: true, label: null })])]} />);
    expect(cell(3).getAttribute('aria-label')).toBe('U3 其他单位占用、1U、U3、全深');
    act(() => cell(3).focus());
    key('Enter');
    expect(carried()).toBe('');
  });

  it('calls blocked units blocked, also for someone who may not know why', () => {
    render(<Board cabinets={[cabinet('A', [thing('b', 3, 1, { foreign: true, label: null, state: 'BLOCKED' })])]} />);
    expect(cell(3).getAttribute('aria-label')).toBe('U3 停用、1U、U3、全深');
  });

  it('greys what is not looked for', () => {
    render(<Board cabinets={[cabinet('A', [thing('web-1', 3, 1), thing('db-1', 4, 1)])]} find="web" />);
    const found = [...document.querySelectorAll<SVGElement>('g[data-holder]')].map(({ dataset }) => dataset.found);
    expect(found).toEqual(['true', 'false']);
  });

  it('carries a thing by keys, shows it there before the answer, and takes it back when refused', async () => {
    let answer: (done: boolean) => void = () => undefined;
    const send = jest.fn<SendMove<RackHolder>>(() => new Promise((resolve) => (answer = resolve)));
    const one = cabinet('A', [thing('web-1', 3, 2), thing('db-1', 7, 1)]);
    render(<Board cabinets={[one]} send={send} />);
    act(() => cell(3).focus());
    key('Enter');
    expect(carried()).toBe('A 3');
    for (let step = 0; step < 3; step += 1) key('ArrowUp');
    expect(document.querySelector<SVGElement>('.jy-ghost')?.dataset.fits).toBe('false');
    key('Enter');
    expect(send).toHaveBeenCalledWith(expect.objectContaining({ id: 'web-1' }), {
      cabinetId: 'A',
      startUnit: 6,
      face: 'BOTH',
    });
    expect(drawn(one).find(({ id }) => id === 'web-1')?.startUnit).toBe(6);
    await act(async () => answer(false));
    expect(drawn(one).find(({ id }) => id === 'web-1')?.startUnit).toBe(3);
    expect(document.activeElement?.getAttribute('data-unit')).toBe('3');
  });

  it('puts back by Esc and asks the server for nothing', () => {
    const send = jest.fn<SendMove<RackHolder>>();
    render(<Board cabinets={[cabinet('A', [thing('web-1', 3, 2)])]} send={send} />);
    act(() => cell(3).focus());
    key(' ');
    key('ArrowUp');
    key('Escape');
    expect(carried()).toBe('');
    expect(send).not.toHaveBeenCalled();
  });

  it('goes to the neighbour at the same height from the floor', () => {
    const down = { numbering: 'DESCENDING' as const };
    render(<Board cabinets={[cabinet('A', [thing('web-1', 3, 2)]), cabinet('B', [], down)]} />);
    act(() => cell(3).focus());
    key('Enter');
    key('ArrowRight');
    // Third and fourth from the bottom are 8 and 7 where the numbers run from the top.
    expect(carried()).toBe('B 7');
    key('ArrowRight');
    expect(carried()).toBe('B 7');
  });

  it('carries nothing for someone who may only look', () => {
    render(<Board cabinets={[cabinet('A', [thing('web-1', 3, 2)])]} mayMove={false} />);
    act(() => cell(3).focus());
    key('Enter');
    expect(carried()).toBe('');
  });

  it('carries no blocked units', () => {
    render(<Board cabinets={[cabinet('A', [thing('x', 3, 2, { state: 'BLOCKED', reason: '桥架' })])]} />);
    act(() => cell(3).focus());
    key('Enter');
    expect(carried()).toBe('');
  });
});

describe('arranged', () => {
  const target: Target = { cabinetId: 'B', startUnit: 5, face: 'BOTH' };
  it('shows a moved thing once, also while both cabinets know it', () => {
    const both = [cabinet('A', [thing('x', 1, 1)]), cabinet('B', [thing('x', 5, 1)])];
    const now = arranged(both, new Map([['x', target]]));
    expect(now.map(({ holders }) => holders.map(({ id, startUnit }) => [id, startUnit]))).toEqual([[], [['x', 5]]]);
  });
  it('finds what is in the way in the other cabinet, and never the thing itself', () => {
    const web = thing('web', 1, 2);
    const row = [cabinet('A', [web]), cabinet('B', [thing('db', 6, 1)])];
    expect(obstacles(row, web, target).map(({ id }) => id)).toEqual(['db']);
    expect(obstacles(row, web, { cabinetId: 'A', startUnit: 2, face: 'BOTH' })).toEqual([]);
  });
});
