import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { IntakeState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { IntakeTabs } from '../components/IntakeTabs';
import { IntakeBatchesQuery, IntakeBatchRow } from '../intake.gql';
import { intakeStates } from '../intake-look';

const states = Object.keys(intakeStates) as IntakeState[];
const spec = { states: urlManyOf(states) };

export function IntakeBatchListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'intake-batches',
    spec,
    query: IntakeBatchesQuery,
    variables: ({ states }) => ({ states: states.length > 0 ? states : null }),
    rows: ({ intakeBatches }) => ({ ...intakeBatches, rows: readFragment(IntakeBatchRow, intakeBatches.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(
    (): Column<ResultOf<typeof IntakeBatchRow>>[] => [
      {
        key: 'code',
        title: t('intake.batch'),
        leading: true,
        render: (row) => (
          <Link className="jy-code" to={routes.intakeBatch(row.id)}>
            {row.code}
          </Link>
        ),
        text: (row) => row.code,
      },
      {
        key: 'state',
        title: t('resource.state'),
        render: (row) => <StateTag look={intakeStates[row.state]} word={t(`intake.state.${row.state}`)} />,
        text: (row) => t(`intake.state.${row.state}`),
      },
      {
        key: 'source',
        title: t('intake.source'),
        render: (row) => t(`intake.sources.${row.source}`),
        text: (row) => t(`intake.sources.${row.source}`),
      },
      {
        key: 'items',
        title: t('intake.items'),
        numeric: true,
        render: (row) => count(row.itemCount),
        text: (row) => row.itemCount,
      },
      {
        key: 'preparedBy',
        title: t('intake.preparedBy'),
        render: (row) => row.preparedByName,
        text: (row) => row.preparedByName,
      },
      {
        key: 'preparedAt',
        title: t('intake.preparedAt'),
        render: (row) => <Time at={row.preparedAt} />,
        text: (row) => exactTime(row.preparedAt),
      },
      {
        key: 'decidedBy',
        title: t('intake.decidedBy'),
        render: (row) => row.decidedByName ?? '–',
        text: (row) => row.decidedByName,
      },
    ],
    [t],
  );

  return (
    <ListPage
      list={list}
      title={t('intake.batches')}
      lead={
        <>
          {t('intake.batchesLead')}
          <IntakeTabs />
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <ChipFilter
          label={t('resource.state')}
          options={states.map((value) => ({ value, text: t(`intake.state.${value}`) }))}
          value={filter.states}
          onChange={(chosen) => setFilter({ states: chosen })}
        />
      }
      empty={
        <EmptyState title={t('intake.noBatch')} action={<Link to={routes.imports()}>{t('intake.byFile')}</Link>}>
          {t('intake.noBatchText')}
        </EmptyState>
      }
    />
  );
}
