import { DeleteOutlined, EditOutlined, ScissorOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count, decimal, gibOfMib } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import type { Column } from '../../../ui/table/columns';
import type { PlanLineRow } from '../plans.gql';

export type PlanLine = ResultOf<typeof PlanLineRow>;

type Acts = {
  onEdit: ((line: PlanLine) => void) | null;
  onRemove: ((line: PlanLine) => void) | null;
  onReduce: ((line: PlanLine) => void) | null;
};

const W_PER_KW = 1000;

export function lineColumns(t: TFunction, acts: Acts): Column<PlanLine>[] {
  const { onEdit, onRemove, onReduce } = acts;
  const columns: Column<PlanLine>[] = [
    {
      key: 'system',
      title: t('plan.line.system'),
      leading: true,
      render: (line) => line.system.name,
      text: (line) => line.system.name,
    },
    {
      key: 'systemCode',
      title: t('system.code'),
      optional: true,
      render: (line) => <span className="jy-code">{line.system.code}</span>,
      text: (line) => line.system.code,
    },
    {
      key: 'kind',
      title: t('plan.line.kind'),
      render: (line) => t(`plan.line.kinds.${line.kind}`),
      text: (line) => t(`plan.line.kinds.${line.kind}`),
    },
    {
      key: 'count',
      title: t('plan.line.count'),
      numeric: true,
      render: (line) =>
        line.acceptedCount === null ? (
          count(line.count)
        ) : (
          <span title={line.reductionReason ?? undefined}>
            <strong>{count(line.acceptedCount)}</strong> <s className="jy-quiet-text">{count(line.count)}</s>
          </span>
        ),
      text: (line) => line.acceptedCount ?? line.count,
    },
    {
      key: 'size',
      title: t('plan.line.each'),
      render: (line) => <span className="jy-words">{sizeOf(t, line)}</span>,
      text: (line) => sizeOf(t, line),
    },
    {
      key: 'place',
      title: t('plan.demand.where'),
      render: (line) => placeOf(t, line),
      text: (line) => placeOf(t, line),
    },
    {
      key: 'dr',
      title: t('plan.line.dr'),
      render: (line) => <span className="jy-words">{drOf(t, line)}</span>,
      text: (line) => drOf(t, line),
    },
    {
      key: 'month',
      title: t('plan.line.month'),
      render: (line) => t('plan.line.monthOf', { month: line.month }),
      text: (line) => line.month,
    },
    {
      key: 'reason',
      title: t('plan.line.reason'),
      render: (line) => (
        <>
          {line.reason}
          {line.reductionReason && (
            <span className="jy-quiet-text">
              {' '}
              · {t('plan.reduce.act')}：{line.reductionReason}
            </span>
          )}
        </>
      ),
      text: (line) => line.reason,
    },
    {
      key: 'monthly',
      title: t('plan.monthly'),
      numeric: true,
      render: (line) => <Money fen={line.monthly} />,
      text: (line) => (line.monthly === null ? null : yuanCell(line.monthly)),
    },
    {
      key: 'yearly',
      title: t('plan.yearly'),
      numeric: true,
      optional: true,
      render: (line) => <Money fen={line.yearly} compact />,
      text: (line) => (line.yearly === null ? null : yuanCell(line.yearly)),
    },
  ];
  if (onEdit || onRemove || onReduce)
    columns.push({
      key: 'acts',
      title: t('plan.line.acts'),
      render: (line) => (
        <span className="jy-row-acts">
          {onEdit && (
            <Button
              type="text"
              size="small"
              icon={<EditOutlined aria-hidden />}
              aria-label={`${t('plan.line.edit')} ${line.position}`}
              onClick={() => onEdit(line)}
            />
          )}
          {onRemove && (
            <Button
              type="text"
              size="small"
              danger
              icon={<DeleteOutlined aria-hidden />}
              aria-label={`${t('plan.line.remove')} ${line.position}`}
              onClick={() => onRemove(line)}
            />
          )}
          {onReduce && (
            <Button
              size="small"
              icon={<ScissorOutlined aria-hidden />}
              aria-label={`${t('plan.reduce.act')} ${line.position}`}
              onClick={() => onReduce(line)}
            >
              {t('plan.reduce.act')}
            </Button>
          )}
        </span>
      ),
      text: () => null,
    });
  return columns;
}

function sizeOf(t: TFunction, line: PlanLine): string {
  if (line.kind === 'VM')
    return [
      `${line.vcpu} vCPU`,
      `${gibOfMib(line.memoryMib)} GiB`,
      line.ssdGib > 0 && `SSD ${count(line.ssdGib)} GiB`,
      line.hddGib > 0 && `HDD ${count(line.hddGib)} GiB`,
    ]
      .filter(Boolean)
      .join(' · ');
  if (line.kind === 'CABINET') return `${decimal(line.units)} U · ${decimal(line.powerW / W_PER_KW)} kW`;
  return line.offerCode ?? t('plan.line.any');
}

function placeOf(t: TFunction, line: PlanLine): string {
  const parts = [
    line.kind === 'VM' && (line.architecture ? t(`architecture.${line.architecture}`) : t('plan.line.any')),
    (line.kind === 'VM' || line.kind === 'CABINET') && (line.zone ? t(`zone.${line.zone}`) : t('plan.line.any')),
  ].filter((part) => part !== false);
  return parts.length > 0 ? [...new Set(parts)].join(' · ') : '–';
}

function drOf(t: TFunction, line: PlanLine): string {
  if (line.kind === 'SERVICE') return '–';
  const local = t(`localMode.${line.localMode}`);
  return line.remoteMode === 'NONE' ? local : `${local} + ${t(`remoteMode.${line.remoteMode}`)}`;
}
