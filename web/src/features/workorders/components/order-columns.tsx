import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { WorkStateTag, windowText } from '../../../ui/work-looks';
import type { WorkOrderRow } from '../workorders.gql';
import { DueMark } from './DueMark';

type Row = ResultOf<typeof WorkOrderRow>;

export function orderColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'title',
      title: t('work.title'),
      leading: true,
      render: (row) => (
        <Link to={routes.workOrder(row.id)}>
          <span className="jy-strong">{row.title}</span>
          <br />
          <span className="jy-code jy-quiet-text">{row.code}</span>
        </Link>
      ),
      text: (row) => `${row.code} ${row.title}`,
    },
    {
      key: 'kind',
      title: t('work.kindTitle'),
      render: (row) => <span className="jy-whole">{t(`work.kind.${row.kind}`)}</span>,
      text: (row) => t(`work.kind.${row.kind}`),
    },
    {
      key: 'state',
      title: t('resource.state'),
      render: (row) => <WorkStateTag state={row.state} />,
      text: (row) => t(`work.state.${row.state}`),
    },
    {
      key: 'department',
      title: t('request.department'),
      render: (row) => row.departmentName,
      text: (row) => row.departmentName,
    },
    {
      key: 'rooms',
      title: t('work.rooms'),
      render: (row) => row.rooms.map((room) => room.code).join(t('common.comma')) || '–',
      text: (row) => row.rooms.map((room) => room.code).join(' '),
    },
    {
      key: 'window',
      title: t('work.window'),
      render: (row) => <span className="jy-number jy-whole">{windowText(row.windowFrom, row.windowTo)}</span>,
      text: (row) => windowText(row.windowFrom, row.windowTo),
    },
    {
      key: 'due',
      title: t('work.due'),
      render: (row) => <DueMark order={row} />,
      text: (row) => (row.dueAt ? exactTime(row.dueAt) : null),
    },
    {
      key: 'worker',
      title: t('work.worker'),
      render: (row) =>
        row.assigneeName ?? row.companyName ?? <span className="jy-quiet-text">{t('work.unassigned')}</span>,
      text: (row) => row.assigneeName ?? row.companyName,
    },
    {
      key: 'applicant',
      title: t('work.applicant'),
      optional: true,
      render: (row) => row.applicantName,
      text: (row) => row.applicantName,
    },
    {
      key: 'created',
      title: t('work.created'),
      optional: true,
      render: (row) => <Time at={row.createdAt} />,
      text: (row) => exactTime(row.createdAt),
    },
  ];
}
