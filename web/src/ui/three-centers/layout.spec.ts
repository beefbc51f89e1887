import { describe, expect, it } from '@jest/globals';
import type { CenterRole } from '../../graphql/enums';
import { barParts } from './capacity';
import { fitText } from './fit-text';
import { type Box, layOut, letterOf, slotsOf } from './layout';

const centersOf = (...roles: CenterRole[]) => roles.map((role, index) => ({ id: `${index}`, role, code: `C${index}` }));
const three = centersOf('RECOVERY', 'ACTIVE_B', 'ACTIVE_A');

describe('slotsOf', () => {
  it('gives A, B and recovery their colours whatever the order', () => {
    const slots = slotsOf(three);
    expect([slots.get('2'), slots.get('1'), slots.get('0')].map((slot) => letterOf(slot ?? -1))).toEqual([
      'A',
      'B',
      'C',
    ]);
  });
  it('keeps the colour of recovery when there is no B', () =>
    expect(slotsOf(centersOf('ACTIVE_A', 'RECOVERY')).get('1')).toBe(2));
  it('gives further centers further colours', () => {
    expect(new Set(slotsOf(centersOf('ACTIVE_A', 'ACTIVE_A', 'RECOVERY', 'RECOVERY')).values())).toEqual(
      new Set([0, 2, 3, 4]),
    );
  });
});

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('layOut', () => {
  const casts: CenterRole[][] = [
    ['ACTIVE_A'],
    ['RECOVERY'],
    ['ACTIVE_A', 'ACTIVE_B'],
    ['ACTIVE_A', 'RECOVERY'],
    ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'],
    ['ACTIVE_A', 'ACTIVE_B', 'ACTIVE_B', 'RECOVERY', 'RECOVERY'],
  ];
  const cases = casts.flatMap((roles) => [320, 360, 700, 1040, 1400].map((width) => ({ roles, width })));

  it.each(cases)('places $roles in $width px inside the picture and apart from each other', ({ roles, width }) => {
    const picture = layOut(centersOf(...roles), width, 168);
    const boxes = picture.groups.flatMap((group) => group.centers.map((placed) => placed.box));
    expect(boxes).toHaveLength(roles.length);
    for (const [index, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(picture.height);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    }
  });

  it('links the two of one city with each other, and the cities once', () => {
    expect(layOut(three, 1040, 168).links.map((link) => link.kind)).toEqual(['same-city', 'remote']);
    expect(layOut(centersOf('ACTIVE_A'), 1040, 168).links).toEqual([]);
  });

  it('stands beside each other on a wide page and below on a narrow one', () => {
    const wide = layOut(three, 1100, 168);
    const narrow = layOut(three, 340, 168);
    expect(new Set(wide.groups.map((group) => group.frame.y)).size).toBe(1);
    expect(new Set(narrow.groups.map((group) => group.frame.x)).size).toBe(1);
    expect(narrow.groups[0]?.stacked).toBe(true);
  });
});

describe('barParts', () => {
  it('never leaves the bar, even when more is promised than there is', () => {
    const { used, held } = barParts({ total: 100, allocated: 90, held: 40, free: -30 }, 200);
    expect(used + held).toBeLessThanOrEqual(200);
  });
  it('draws nothing of a center without capacity', () => {
    expect(barParts({ total: 0, allocated: 0, held: 0, free: 0 }, 200)).toEqual({ used: 0, held: 0 });
  });
});

describe('fitText', () => {
  it('leaves what fits', () => expect(fitText('江宁机房', 60, 14)).toBe('江宁机房'));
  it('cuts what does not', () => expect(fitText('省大数据中心江宁机房', 60, 14)).toBe('省大数…'));
});
