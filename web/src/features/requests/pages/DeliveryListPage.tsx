import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeliverySheetState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { DeliverySheetTag } from '../components/paper-states';
import { DeliveryListQuery, DeliverySheetRow } from '../delivery.gql';

type Row = ResultOf<typeof DeliverySheetRow>;

const states = ['AWAITING', 'OBJECTED', 'CONFIRMED'] as const satisfies readonly DeliverySheetState[];
const spec = { search: urlText(), states: urlManyOf(states), byRule: urlManyOf(['yes']) };

/** 开通确认: what the department has to confirm, what waits for the center's answer, what the rule confirmed. */
export function DeliveryListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'delivery-sheets',
    spec,
    query: DeliveryListQuery,
    variables: ({ search, states, byRule }) => ({
      filter: {
        search: search || null,
        states: states.length > 0 ? states : null,
        byRule: byRule.length > 0 ? true : null,
      },
    }),
    rows: ({ deliverySheets }) => ({ ...deliverySheets, rows: readFragment(DeliverySheetRow, deliverySheets.nodes) }),
  });
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'code',
        title: t('deliverySheet.code'),
        leading: true,
        render: (row) => (
          <Link className="jy-code" to={routes.request(row.requestId)}>
            {row.code}
          </Link>
        ),
        text: (row) => row.code,
      },
      {
        key: 'state',
        title: t('deliverySheet.stateLabel'),
        render: (row) => <DeliverySheetTag state={row.state} />,
        text: (row) => t(`deliverySheet.state.${row.state}`),
      },
      {
        key: 'system',
        title: t('deliverySheet.system'),
        render: (row) => row.system,
        text: (row) => row.system,
      },
      { key: 'unit', title: t('deliverySheet.unit'), render: (row) => row.unit, text: (row) => row.unit },
      {
        key: 'items',
        title: t('deliverySheet.items'),
        numeric: true,
        render: (row) => count(row.itemCount),
        text: (row) => row.itemCount,
      },
      {
        key: 'objections',
        title: t('deliverySheet.openObjections'),
        numeric: true,
        optional: true,
        render: (row) => count(row.openObjectionCount),
        text: (row) => row.openObjectionCount,
      },
      {
        key: 'opened',
        title: t('deliverySheet.opened'),
        render: (row) => <Time at={row.openedAt} />,
        text: (row) => exactTime(row.openedAt),
      },
      {
        key: 'due',
        title: t('deliverySheet.due'),
        render: (row) => <Time at={row.dueAt} />,
        text: (row) => (row.dueAt ? exactTime(row.dueAt) : null),
      },
      {
        key: 'confirmedAt',
        title: t('deliverySheet.confirmedAtLabel'),
        render: (row) => <Time at={row.confirmedAt} />,
        text: (row) => (row.confirmedAt ? exactTime(row.confirmedAt) : null),
      },
      {
        key: 'confirmedBy',
        title: t('deliverySheet.confirmedByLabel'),
        render: (row) => (row.byRule ? t('deliverySheet.ruleOnly') : row.confirmedBy),
        text: (row) => (row.byRule ? t('deliverySheet.ruleOnly') : row.confirmedBy),
      },
      {
        key: 'request',
        title: t('deliverySheet.request'),
        optional: true,
        render: (row) => <span className="jy-code">{row.requestCode}</span>,
        text: (row) => row.requestCode,
      },
    ],
    [t],
  );
  return (
    <ListPage
      list={list}
      title={t('deliverySheet.list')}
      lead={t('deliverySheet.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('deliverySheet.search')}
            placeholder={t('deliverySheet.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
          <ChipFilter
            label={t('deliverySheet.stateLabel')}
            options={states.map((value) => ({ value, text: t(`deliverySheet.state.${value}`) }))}
            value={list.filter.states}
            onChange={(chosen) => list.setFilter({ states: chosen })}
          />
          <ChipFilter
            label={t('deliverySheet.ruleLabel')}
            options={[{ value: 'yes' as const, text: t('deliverySheet.ruleOnly') }]}
            value={list.filter.byRule}
            onChange={(byRule) => list.setFilter({ byRule })}
          />
        </>
      }
      empty={
        <EmptyState title={t('deliverySheet.none')} action={<Link to={routes.requests()}>{t('request.list')}</Link>}>
          {t('deliverySheet.noneText')}
        </EmptyState>
      }
    />
  );
}
