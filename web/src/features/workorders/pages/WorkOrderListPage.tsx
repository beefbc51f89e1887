import { CalendarOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { WorkOrderKind, WorkOrderState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { workKinds, workStates } from '../../../ui/work-looks';
import { orderColumns } from '../components/order-columns';
import { CompaniesDialog } from '../forms/CompaniesDialog';
import { momentOf } from '../forms/moments';
import { WorkOrderListQuery, WorkOrderRow } from '../workorders.gql';

const whose = ['', 'mine', 'assigned'] as const;
const spec = {
  search: urlText(),
  whose: urlOneOf(whose, ''),
  states: urlManyOf<WorkOrderState>(workStates),
  kind: urlOneOf<WorkOrderKind | ''>(['', ...workKinds], ''),
  overdue: urlOneOf(['', 'yes'] as const, ''),
  room: urlText(),
  system: urlText(),
  day: urlText(),
};

export function WorkOrderListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const [keeping, setKeeping] = useState(false);
  const list = useList({
    name: 'work-orders',
    spec,
    query: WorkOrderListQuery,
    variables: ({ search, whose: of, states, kind, overdue, room, system, day }) => ({
      filter: {
        search: search || null,
        mine: of === 'mine' || null,
        assignedToMe: of === 'assigned' || null,
        states: states.length > 0 ? states : null,
        kinds: kind ? [kind] : null,
        overdue: overdue === 'yes' || null,
        roomId: room || null,
        systemId: system || null,
        windowFrom: day ? momentOf(`${day}T00:00`) : null,
        windowTo: day ? momentOf(`${day}T23:59`) : null,
      },
    }),
    rows: ({ workOrders }) => ({ ...workOrders, rows: readFragment(WorkOrderRow, workOrders.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => orderColumns(t), [t]);
  const create = may('WORK_ORDER', 'CREATE') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newWorkOrder())}>
      {t('work.create')}
    </Button>
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('work.list')}
        lead={t(may('WORK_ORDER', 'READ') ? 'work.lead' : 'work.leadWorker')}
        actions={
          <>
            {may('WORK_ORDER', 'REVIEW') && (
              <Button icon={<TeamOutlined aria-hidden />} onClick={() => setKeeping(true)}>
                {t('work.companies')}
              </Button>
            )}
            <Button icon={<CalendarOutlined aria-hidden />} onClick={() => void navigate(routes.workCalendar())}>
              {t('work.calendar')}
            </Button>
            {create}
          </>
        }
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('work.search')}
              placeholder={t('work.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('work.whose')}
              value={filter.whose}
              onChange={(of: (typeof whose)[number]) => setFilter({ whose: of })}
              options={whose.map((value) => ({ value, label: t(`work.of.${value || 'all'}`) }))}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('work.kindTitle')}
              value={filter.kind}
              onChange={(kind: WorkOrderKind | '') => setFilter({ kind })}
              options={[
                { value: '', label: t('work.allKinds') },
                ...workKinds.map((value) => ({ value, label: t(`work.kind.${value}`) })),
              ]}
            />
            <label className="jy-work-day">
              <span className="jy-sr-only">{t('work.day')}</span>
              <input type="date" value={filter.day} onChange={(event) => setFilter({ day: event.target.value })} />
            </label>
            <ChipFilter
              label={t('work.term')}
              options={[{ value: 'yes', text: t('work.late') }]}
              value={filter.overdue ? ['yes'] : []}
              onChange={(chosen) => setFilter({ overdue: chosen.length > 0 ? 'yes' : '' })}
            />
            <ChipFilter
              label={t('resource.state')}
              options={workStates.map((value) => ({ value, text: t(`work.state.${value}`) }))}
              value={filter.states}
              onChange={(states) => setFilter({ states })}
            />
          </>
        }
        empty={
          <EmptyState title={t('work.none')} action={create}>
            {t(may('WORK_ORDER', 'READ') ? 'work.noneText' : 'work.noneWorker')}
          </EmptyState>
        }
      />
      {keeping && <CompaniesDialog onClose={() => setKeeping(false)} />}
    </>
  );
}
