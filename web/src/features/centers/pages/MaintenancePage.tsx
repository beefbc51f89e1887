import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MaintenanceState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { MaintenanceListQuery, WindowRow } from '../centers.gql';
import { extentText, subjectText } from '../components/extent-text';
import { MaintenanceStateTag } from '../components/place-states';
import type { Window } from '../components/WindowTable';
import { PlanMaintenanceDialog } from '../forms/PlanMaintenanceDialog';
import { WindowDialog } from '../forms/WindowDialog';

const STATES: readonly MaintenanceState[] = ['PLANNED', 'RUNNING', 'ENDED', 'CANCELLED'];
const spec = { states: urlManyOf(STATES) };

/** Every maintenance window; one press shows what it breaks. */
export function MaintenancePage() {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Window | null>(null);
  const [planning, setPlanning] = useState(false);
  const list = useList({
    name: 'maintenance',
    spec,
    query: MaintenanceListQuery,
    variables: ({ states }) => ({ filter: states.length > 0 ? { states } : null }),
    rows: ({ maintenanceWindows: page }) => ({ ...page, rows: readFragment(WindowRow, page.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => windowColumns(t, setOpen), [t]);
  const plan = may('CENTER', 'EDIT') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setPlanning(true)}>
      {t('maintenance.plan')}
    </Button>
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('maintenance.list')}
        lead={t('maintenance.lead')}
        actions={plan}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <ChipFilter
            label={t('maintenance.state')}
            options={STATES.map((value) => ({ value, text: t(`maintenance.states.${value}`) }))}
            value={filter.states}
            onChange={(states) => setFilter({ states })}
          />
        }
        empty={
          <EmptyState title={t('maintenance.none')} action={plan}>
            {t('maintenance.noneText')}
          </EmptyState>
        }
      />
      {planning && <PlanMaintenanceDialog poolId={null} onClose={() => setPlanning(false)} />}
      {open && <WindowDialog window={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function windowColumns(t: TFunction, open: (window: Window) => void): Column<Window>[] {
  return [
    {
      key: 'title',
      title: t('maintenance.title'),
      leading: true,
      render: (row) => (
        <button type="button" className="jy-link-button" onClick={() => open(row)}>
          {row.title}
        </button>
      ),
      text: (row) => row.title,
    },
    {
      key: 'code',
      title: t('maintenance.code'),
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
    {
      key: 'center',
      title: t('capacity.center'),
      render: (row) => <CenterMark role={row.center.role} name={row.center.name} />,
      text: (row) => row.center.name,
    },
    {
      key: 'subject',
      title: t('maintenance.subject'),
      render: (row) => <span className="jy-code">{subjectText(row)}</span>,
      text: (row) => subjectText(row),
    },
    {
      key: 'extent',
      title: t('maintenance.extent'),
      render: (row) => extentText(t, row),
      text: (row) => extentText(t, row),
    },
    {
      key: 'from',
      title: t('maintenance.from'),
      render: (row) => <Time at={row.fromAt} exact />,
      text: (row) => exactTime(row.fromAt),
    },
    {
      key: 'to',
      title: t('maintenance.to'),
      render: (row) => <Time at={row.toAt} exact />,
      text: (row) => exactTime(row.toAt),
    },
    {
      key: 'state',
      title: t('maintenance.state'),
      render: (row) => <MaintenanceStateTag state={row.state} />,
      text: (row) => t(`maintenance.states.${row.state}`),
    },
    {
      key: 'plannedBy',
      title: t('maintenance.plannedBy'),
      optional: true,
      render: (row) => row.plannedBy,
      text: (row) => row.plannedBy,
    },
  ];
}
