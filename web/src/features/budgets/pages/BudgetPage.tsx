import { EditOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { BudgetBar } from '../../../ui/BudgetBar';
import { type Fact, Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { useMay } from '../../../ui/viewer-context';
import { BudgetAdjustmentRow, BudgetEntryRow, BudgetPageQuery, BudgetParts, BudgetRow } from '../budgets.gql';
import { budgetColumns } from '../components/budget-columns';
import { CentralButton } from '../components/CentralButton';
import { EntryTable } from '../components/EntryTable';
import { FiguresLine } from '../components/FiguresLine';
import { ForecastPanel } from '../components/ForecastPanel';
import { AdjustBudgetDialog } from '../forms/AdjustBudgetDialog';
import { AdjustmentTable } from '../forms/AdjustmentTable';

const ENTRIES = 50;
const opened = { adjust: urlText() };

export function BudgetPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { id = '' } = useParams();
  const paging = useKeyPaging();
  const [{ adjust }, open] = useUrlState(opened);
  const [{ data, error }, ask] = useQuery({
    query: BudgetPageQuery,
    variables: { id, first: ENTRIES, after: paging.after, items: { parentId: id } },
    requestPolicy: 'cache-and-network',
  });
  const columns = useMemo(() => budgetColumns(t), [t]);
  const list = <Link to={routes.budgets()}>{t('budget.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const budget = readFragment(BudgetParts, data.budget);
  const items = readFragment(BudgetRow, data.budgets.nodes);
  const adjustments = readFragment(BudgetAdjustmentRow, data.budgetAdjustments.nodes);
  const entries = data.budgetEntries;
  const endCursor = entries.pageInfo.endCursor;
  return (
    <>
      <PageHeader
        title={budget.name}
        back={list}
        state={budget.overrun && <StateTag look={{ tone: 'bad', icon: WarningOutlined }} word={t('budget.overrun')} />}
        actions={
          may('BUDGET', 'EDIT') && (
            <>
              {budget.grain === 'ITEM' && !budget.paysCentrally && <CentralButton id={budget.id} year={budget.year} />}
              <Button type="primary" icon={<EditOutlined aria-hidden />} onClick={() => open({ adjust: '1' })}>
                {t('budget.askAdjust')}
              </Button>
            </>
          )
        }
      >
        <span className="jy-code">{budget.key}</span>
      </PageHeader>
      <Panel title={t('budget.figures')}>
        <FiguresLine figures={budget.figures} />
        <BudgetBar figures={budget.figures} overrun={budget.overrun} />
        {budget.spentUnreserved !== null && (
          <p className="jy-quiet-text jy-budget-why">
            {t('budget.overrunWhy', {
              over: yuanOfFen((-BigInt(budget.figures.available)).toString()),
              unreserved: yuanOfFen(budget.spentUnreserved),
            })}
          </p>
        )}
      </Panel>
      <Panel title={t('budget.keys')}>
        <Facts facts={keyFacts(t, budget)} />
      </Panel>
      {budget.grain === 'DEPARTMENT' && (
        <Panel title={t('budget.items')}>
          <ResourceTable
            name="budget-items"
            caption={t('budget.items')}
            columns={columns}
            rows={items}
            rowKey={(row) => row.id}
            paging={{ from: 1, totalCount: data.budgets.totalCount, onNext: null, onPrevious: null }}
            empty={<EmptyState title={t('budget.noItems')}>{t('budget.noItemsText')}</EmptyState>}
          />
        </Panel>
      )}
      <ForecastPanel budget={budget} />
      {adjustments.length > 0 && (
        <Panel title={t('budget.adjustments')}>
          <AdjustmentTable rows={adjustments} ofMany={false} />
        </Panel>
      )}
      <Panel title={t('budget.entries')}>
        <EntryTable
          rows={readFragment(BudgetEntryRow, entries.nodes)}
          ofMany={budget.grain === 'DEPARTMENT'}
          paging={{
            from: paging.from,
            totalCount: entries.totalCount,
            onNext:
              entries.pageInfo.hasNextPage && endCursor ? () => paging.next(endCursor, entries.nodes.length) : null,
            onPrevious: paging.previous,
          }}
        />
      </Panel>
      {adjust && may('BUDGET', 'EDIT') && <AdjustBudgetDialog budget={budget} onClose={() => open({ adjust: '' })} />}
    </>
  );
}

function keyFacts(t: TFunction, budget: ResultOf<typeof BudgetParts>): Fact[] {
  const { parent, project } = budget;
  const facts: Fact[] = [
    { label: t('budget.year'), value: budget.year },
    { label: t('request.department'), value: budget.department.name },
    { label: t('project.budgetLevel'), value: t(`project.budgetLevels.${budget.budgetLevel}`) },
    { label: t('project.fundNature'), value: t(`project.fundNatures.${budget.fundNature}`) },
  ];
  if (budget.grain === 'DEPARTMENT')
    return [...facts, { label: t('budget.allotted'), value: <Money fen={budget.allotted} compact /> }];
  return [
    ...facts,
    ...(budget.paysCentrally ? [{ label: t('budget.pays'), value: t('budget.paysCentrally') }] : []),
    { label: t('budget.code'), value: <span className="jy-code">{budget.budgetCode}</span> },
    { label: t('budget.functionClass'), value: <span className="jy-code">{budget.functionClass}</span> },
    { label: t('budget.economicClass'), value: <span className="jy-code">{budget.economicClass}</span> },
    {
      label: t('request.project'),
      value: project ? <Link to={routes.project(project.id)}>{`${project.name} (${project.code})`}</Link> : '–',
      wide: true,
    },
    {
      label: t('budget.parent'),
      value: parent && <Link to={routes.budget(parent.id)}>{parent.name}</Link>,
      wide: true,
    },
  ];
}
