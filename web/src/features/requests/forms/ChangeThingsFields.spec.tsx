import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { MemoryRouter } from 'react-router';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { ThemeProvider } from '../../../ui/theme/ThemeProvider';
import { ChangeThingsFields } from './ChangeThingsFields';
import { atGroups, type ChangeThings, contentOfChange, type ThingsDraft, thingsAsTheyAre } from './change-draft';
import type { Choices } from './line-draft';

await withTranslations();
afterEach(cleanup);

const things = (more: object = {}): ChangeThings =>
  ({
    ...{ id: 'l1', count: 1, whole: false, spots: ['A01 U5–6'], centerIds: ['c1'] },
    ...{ localMode: 'SINGLE', remoteMode: 'NONE', owesShare: false, monthlyCost: '20000', errors: [] },
    size: { heightUnits: 2, powerW: 600, weightKg: 40 },
    line: { id: 'l1', name: 'rack', kind: 'CABINET', server: null, cabinet: { offer: { id: 'o', name: '机柜空间' } } },
    request: {
      id: 'r1',
      code: 'SQ-2026-000001',
      system: { id: 's1', name: '人口库' },
      project: { id: 'p', name: '项目' },
    },
    ...more,
  }) as unknown as ChangeThings;
const choices = {
  catalog: { offers: [] },
  centers: [
    { id: 'c1', name: '同城中心 A' },
    { id: 'c2', name: '同城中心 B' },
  ],
} as unknown as Choices;
const draftOf = (wished: ThingsDraft) => ({
  purpose: '',
  restartAgreed: false,
  groups: [],
  services: [],
  things: [wished],
});

let wishedNow: ThingsDraft;

function Form({ shown }: { shown: ChangeThings }) {
  const [wished, setWished] = useState(thingsAsTheyAre(shown));
  wishedNow = wished;
  return (
    <MemoryRouter>
      <ThemeProvider>
        <ChangeThingsFields
          things={shown}
          wished={wished}
          number={0}
          choices={choices}
          errors={[]}
          onChange={setWished}
        />
      </ThemeProvider>
    </MemoryRouter>
  );
}

describe('the fields of space in a cabinet', () => {
  it('begin with what it has, say where it is, and send only what differs', () => {
    const shown = things();
    render(<Form shown={shown} />);
    expect(screen.getByText(/A01 U5–6/)).toBeTruthy();
    expect(contentOfChange([], [], [shown], draftOf(wishedNow), choices).content.lines).toEqual([]);
    fireEvent.change(screen.getByLabelText('功率'), { target: { value: '900' } });
    const { content, numbers } = contentOfChange([], [], [shown], draftOf(wishedNow), choices);
    expect(numbers).toEqual([0]);
    expect(content.lines).toEqual([
      {
        ...{ resourceIds: [], localMode: null, remoteMode: null, centerId: null },
        things: { lineId: 'l1', heightUnits: null, powerW: 900, weightKg: null },
      },
    ]);
  });

  it('of a whole cabinet have no field for its height', () => {
    render(<Form shown={things({ whole: true, size: { heightUnits: 42, powerW: 3_000, weightKg: 400 } })} />);
    expect(screen.getByText(/42 U（整柜，高度不变）/)).toBeTruthy();
    expect(screen.getAllByRole('spinbutton')).toHaveLength(2);
  });

  it('of servers offer their DR modes alone, and say what to do for another kind', () => {
    const server = {
      id: 'l1',
      name: 'db',
      kind: 'SERVER',
      cabinet: null,
      server: { offer: { id: 'o', name: '双路' } },
    };
    render(<Form shown={things({ size: null, spots: [], line: server })} />);
    expect(screen.queryByRole('spinbutton')).toBeNull();
    expect(screen.getByText(/服务器的配置不能变更/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '申请新服务器' }).getAttribute('href')).toContain('SERVER');
  });

  it('that cannot be changed now say why, and nothing else', () => {
    const errors = [{ __typename: 'ChangeOpen', code: 'CHANGE_OPEN', message: '正在变更', path: [] }];
    render(<Form shown={things({ errors })} />);
    expect(screen.getByText('正在变更')).toBeTruthy();
    expect(screen.queryByRole('spinbutton')).toBeNull();
  });
});

describe(atGroups, () => {
  it('brings what is said of a place to its field', () => {
    const at = (field: string) => atGroups([{ field, message: '' }], [3])[0]?.field;
    expect(at('lines.0.things.heightUnits')).toBe('groups.3.heightUnits');
    expect(at('lines.0.things.lineId')).toBe('groups.3');
    expect(at('lines.0.localMode')).toBe('groups.3.localMode');
  });
});
