import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { RequestOrder } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { RequestStateTag } from '../../../ui/states';
import { Time, Waiting } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import type { RequestRow } from '../request-list.gql';
import { thingsOf } from '../things';
import { DueTime } from './DueTime';

type Row = ResultOf<typeof RequestRow>;

/** A department's own people see only their department, so that column waits until it is chosen. */
export function requestColumns(
  t: TFunction,
  to: (id: string) => string,
  ofOneDepartment: boolean,
  /** Whoever may ask for something repeats a request from its row. */
  again: ((id: string) => string) | null = null,
): Column<Row, RequestOrder>[] {
  return [
    {
      key: 'code',
      title: t('request.code'),
      leading: true,
      render: (row) => (
        <>
          <Link className="jy-code" to={to(row.id)}>
            {row.code}
          </Link>
          {row.nature === 'CHANGE' && <span className="jy-mark">{t('change.mark')}</span>}
        </>
      ),
      text: (row) => row.code,
    },
    { key: 'system', title: t('request.system'), render: (row) => row.system.name, text: (row) => row.system.name },
    {
      key: 'department',
      optional: ofOneDepartment,
      title: t('request.department'),
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    {
      key: 'state',
      title: t('request.state'),
      render: (row) => <RequestStateTag state={row.state} />,
      text: (row) => t(`state.request.${row.state}`),
    },
    {
      key: 'nature',
      optional: true,
      title: t('change.nature'),
      render: (row) => t(`change.natures.${row.nature}`),
      text: (row) => t(`change.natures.${row.nature}`),
    },
    {
      key: 'machines',
      title: t('request.things'),
      render: (row) => <span className="jy-words">{thingsOf(row, t)}</span>,
      text: (row) => thingsOf(row, t),
    },
    {
      key: 'monthlyCost',
      title: t('request.monthlyCost'),
      numeric: true,
      render: (row) => <Money fen={row.monthlyCost} signed={row.nature === 'CHANGE'} />,
      text: (row) => (row.monthlyCost === null ? null : yuanCell(row.monthlyCost)),
    },
    {
      key: 'holder',
      title: t('request.holder'),
      render: (row) => <span className="jy-words">{row.holder ?? '–'}</span>,
      text: (row) => row.holder,
    },
    {
      key: 'waiting',
      title: t('request.waiting'),
      order: { descending: 'WAITING_LONGEST' },
      render: (row) => <Waiting since={row.holderSince} />,
      text: (row) => row.holderSince && exactTime(row.holderSince),
    },
    {
      key: 'due',
      title: t('chain.dueAt'),
      order: { ascending: 'DUE_FIRST' },
      render: (row) => <DueTime dueAt={row.dueAt} overdue={row.overdue} />,
      text: (row) => row.dueAt && exactTime(row.dueAt),
    },
    {
      key: 'createdAt',
      title: t('request.createdAt'),
      order: { ascending: 'OLDEST', descending: 'NEWEST' },
      render: (row) => <Time at={row.createdAt} />,
      text: (row) => exactTime(row.createdAt),
    },
    {
      key: 'applicant',
      title: t('request.applicant'),
      optional: true,
      render: (row) => row.applicantName,
      text: (row) => row.applicantName,
    },
    {
      key: 'purpose',
      title: t('request.purpose'),
      optional: true,
      render: (row) => row.purpose,
      text: (row) => row.purpose,
    },
    ...(again
      ? [
          {
            key: 'again',
            title: t('again.do'),
            render: (row: Row) =>
              row.state === 'DRAFT' || row.nature === 'CHANGE' ? null : (
                <Link to={again(row.id)} aria-label={`${t('again.do')} ${row.code}`}>
                  {t('again.do')}
                </Link>
              ),
            text: () => null,
          },
        ]
      : []),
  ];
}
