import { CaretDownOutlined, CaretRightOutlined, CheckCircleOutlined, StopOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { DepartmentRow } from '../departments.gql';

export type Department = ResultOf<typeof DepartmentRow>;

export const departmentStates = {
  ACTIVE: { tone: 'good', icon: CheckCircleOutlined },
  CLOSED: { tone: 'quiet', icon: StopOutlined },
} as const;

type Doing = {
  /** Id of the city that is folded out; '' = none. */
  open: string;
  onOpen: (id: string) => void;
  onChoose: (department: Department) => void;
  /** The viewer may follow to the accounts of a department. */
  seesUsers: boolean;
};

export function departmentColumns(t: TFunction, { open, onOpen, onChoose, seesUsers }: Doing): Column<Department>[] {
  return [
    {
      key: 'name',
      title: t('department.name'),
      leading: true,
      render: (row) => (
        <span className={row.level === 'BUREAU' ? 'jy-tree-name jy-tree-below' : 'jy-tree-name'}>
          {row.bureauCount > 0 ? (
            <button
              type="button"
              className="jy-tree-fold"
              aria-expanded={open === row.id}
              aria-label={t('department.bureausOf', { name: row.name })}
              onClick={() => onOpen(open === row.id ? '' : row.id)}
            >
              {open === row.id ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
            </button>
          ) : (
            <span className="jy-tree-leaf" />
          )}
          <button type="button" className="jy-link-button" onClick={() => onChoose(row)}>
            {row.name}
          </button>
        </span>
      ),
      text: (row) => row.name,
    },
    { key: 'code', title: t('department.code'), render: (row) => <code>{row.code}</code>, text: (row) => row.code },
    {
      key: 'level',
      title: t('department.level'),
      render: (row) => t(`department.levels.${row.level}`),
      text: (row) => t(`department.levels.${row.level}`),
    },
    {
      key: 'heads',
      title: t('department.heads'),
      render: (row) => row.headNames.join(t('common.comma')) || '–',
      text: (row) => row.headNames.join(t('common.comma')),
    },
    {
      key: 'contact',
      title: t('department.contact'),
      render: (row) => [row.contactName, row.contactPhone].filter(Boolean).join(' ') || '–',
      text: (row) => [row.contactName, row.contactPhone].filter(Boolean).join(' '),
    },
    {
      key: 'bureaus',
      title: t('department.bureaus'),
      numeric: true,
      optional: true,
      render: (row) => row.bureauCount,
      text: (row) => row.bureauCount,
    },
    {
      key: 'people',
      title: t('department.people'),
      numeric: true,
      render: (row) =>
        seesUsers && row.peopleCount ? (
          <Link to={routes.usersOfDepartment(row.id)}>{row.peopleCount}</Link>
        ) : (
          (row.peopleCount ?? '–')
        ),
      text: (row) => row.peopleCount,
    },
    {
      key: 'state',
      title: t('department.state'),
      render: (row) => <StateTag look={departmentStates[row.state]} word={t(`department.states.${row.state}`)} />,
      text: (row) => t(`department.states.${row.state}`),
    },
  ];
}
