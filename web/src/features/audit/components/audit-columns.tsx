import { CheckCircleOutlined, FieldTimeOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import type { AuditRow } from '../audit.gql';

type Row = ResultOf<typeof AuditRow>;

const chained = { tone: 'good', icon: CheckCircleOutlined } as const;
const unchained = { tone: 'waiting', icon: FieldTimeOutlined } as const;

/** Records show the exact time at once: who compares two of them needs the second. */
export function auditColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'at',
      title: t('audit.at'),
      leading: true,
      render: (row) => <Time at={row.at} exact />,
      text: (row) => exactTime(row.at),
    },
    { key: 'actor', title: t('audit.actor'), render: (row) => row.actorName, text: (row) => row.actorName },
    { key: 'action', title: t('audit.action'), render: (row) => <code>{row.action}</code>, text: (row) => row.action },
    {
      key: 'object',
      title: t('audit.object'),
      render: (row) => row.objectType,
      text: (row) => `${row.objectType} ${row.objectId}`,
    },
    { key: 'summary', title: t('audit.summary'), render: (row) => row.summary, text: (row) => row.summary },
    {
      key: 'address',
      title: t('audit.address'),
      render: (row) => (row.address ? <code>{row.address}</code> : '–'),
      text: (row) => row.address,
    },
    {
      key: 'sequence',
      title: t('audit.chain'),
      render: (row) =>
        row.sequence === null ? (
          <StateTag look={unchained} word={t('audit.unchained')} />
        ) : (
          <StateTag look={chained} word={`#${row.sequence}`} />
        ),
      text: (row) => row.sequence,
    },
    {
      key: 'trace',
      title: t('audit.trace'),
      optional: true,
      render: (row) => <code>{row.traceId}</code>,
      text: (row) => row.traceId,
    },
  ];
}
