import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CenterRole, DrDebtState, RequestLineKind } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { debtStates } from '../../../ui/debt-states';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { BatchBar } from '../../../ui/list/BatchBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useSelection } from '../../../ui/list/use-selection';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { actColumn, type Debt, debtColumns, maySettle, tickColumn } from '../components/debt-columns';
import { PolicyPanel } from '../components/PolicyPanel';
import { SettleDialog } from '../components/SettleDialog';
import { TotalsPanel } from '../components/TotalsPanel';
import { WaiveDialog } from '../components/WaiveDialog';
import { DrDebtListQuery, DrDebtRow } from '../drdebts.gql';

const states = Object.keys(debtStates) as DrDebtState[];
const roles: readonly CenterRole[] = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];
const kinds: readonly RequestLineKind[] = ['VM', 'SERVER', 'CABINET'];
const DUE = ['DUE'] as const;
const spec = {
  search: urlText(),
  states: urlManyOf(states),
  roles: urlManyOf(roles),
  kinds: urlManyOf(kinds),
  due: urlManyOf(DUE),
  department: urlText(),
  system: urlText(),
};

/** 容灾欠账: what is owed until a center opens, what that asks of it, and what has become of it. */
export function DrDebtListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'dr-debts',
    spec,
    query: DrDebtListQuery,
    variables: ({ search, states: in_, roles: of, kinds: as, due, department, system }) => ({
      filter: {
        search: search || null,
        states: in_.length > 0 ? in_ : null,
        roles: of.length > 0 ? of : null,
        kinds: as.length > 0 ? as : null,
        due: due.length > 0,
        departmentId: department || null,
        systemId: system || null,
      },
    }),
    rows: ({ drDebts }) => ({ ...drDebts, rows: readFragment(DrDebtRow, drDebts.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const [waiving, setWaiving] = useState<Debt | null>(null);
  const [settling, setSettling] = useState(false);
  const { selected, select, selectable, chosen, all, toggleAll, clear } = useSelection(list.rows, maySettle);
  const settles = may('DR_DEBT', 'EDIT');
  const columns = useMemo(
    () =>
      settles ? [tickColumn(t, { selected, select }), ...debtColumns(t), actColumn(t, setWaiving)] : debtColumns(t),
    [t, settles, selected, select],
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('drDebt.title')}
        lead={t('drDebt.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        above={data && <TotalsPanel totals={data.drDebtTotals} />}
        filters={
          <>
            <SearchFilter
              label={t('drDebt.search')}
              placeholder={t('drDebt.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            {may('DEPARTMENT', 'READ') && (
              <DepartmentSelect
                className="jy-filter-select"
                label={t('request.department')}
                none={t('drDebt.anyDepartment')}
                value={filter.department}
                onChange={(department) => setFilter({ department })}
              />
            )}
            <ChipFilter
              label={t('drDebt.stateLabel')}
              options={states.map((value) => ({ value, text: t(`drDebt.state.${value}`) }))}
              value={filter.states}
              onChange={(in_) => setFilter({ states: in_ })}
            />
            <ChipFilter
              label={t('drDebt.center')}
              options={roles.map((value) => ({ value, text: t(`center.role.${value}`) }))}
              value={filter.roles}
              onChange={(of) => setFilter({ roles: of })}
            />
            <ChipFilter
              label={t('drDebt.kind')}
              options={kinds.map((value) => ({ value, text: t(`lineKind.${value}`) }))}
              value={filter.kinds}
              onChange={(as) => setFilter({ kinds: as })}
            />
            <ChipFilter
              label={t('drDebt.dueLabel')}
              options={[{ value: 'DUE', text: t('drDebt.dueOnly') }]}
              value={filter.due}
              onChange={(due) => setFilter({ due })}
            />
          </>
        }
        actions={
          selectable.length > 0 && (
            <BatchBar
              all={all}
              chosen={chosen.length}
              text={t('drDebt.settleChosen', { selected: chosen.length })}
              onToggleAll={toggleAll}
              onPress={() => setSettling(true)}
            />
          )
        }
        empty={
          <EmptyState title={t('drDebt.none')} action={<Link to={routes.requests()}>{t('request.list')}</Link>}>
            {t('drDebt.noneText')}
          </EmptyState>
        }
      >
        {data && <PolicyPanel policies={data.drDebtPolicies} />}
      </ListPage>
      {waiving && <WaiveDialog debt={waiving} onClose={() => setWaiving(null)} />}
      {settling && (
        <SettleDialog
          debts={chosen}
          onClose={() => {
            setSettling(false);
            clear();
          }}
        />
      )}
    </>
  );
}
