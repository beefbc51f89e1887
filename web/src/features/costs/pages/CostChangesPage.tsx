import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { CostChangeDimension, CostChangePart } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { Money } from '../../../ui/Money';
import { MonthSelect } from '../../../ui/MonthSelect';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { COST_SIDES } from '../../../ui/SideFilter';
import { ChangeTable as ChangeTableParts, CostChangesPageQuery } from '../changes.gql';
import { type Change, ChangeTable, partsIn } from '../components/ChangeTable';
import { ChangeUses } from '../components/ChangeUses';
import { ChangeWaterfall } from '../components/ChangeWaterfall';
import { CostFilters } from '../components/CostFilters';
import { amountOf, differenceOf, PARTS, type Sum } from '../components/change-steps';
import { monthBefore, monthsFrom, type narrowed, thisMonth, wholeWord } from '../components/cost-words';

const DIMENSIONS: readonly CostChangeDimension[] = [
  'DEPARTMENT',
  'CITY',
  'SYSTEM',
  'PROJECT',
  'CENTER',
  'KIND',
  'SHARE',
];
const spec = {
  from: urlText(),
  to: urlText(),
  by: urlOneOf(DIMENSIONS, 'DEPARTMENT'),
  side: urlOneOf(COST_SIDES, 'PROVINCE'),
  part: urlOneOf<CostChangePart | ''>([...PARTS, ''], ''),
  department: urlText(),
  system: urlText(),
  project: urlText(),
  center: urlText(),
};

/** 费用变动: why a month costs other than another; every part opens down to the uses, and those to their lines. */
export function CostChangesPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(spec);
  const { by, part, side } = url;
  // The last month that is over beside the one before it.
  const to = url.to || monthBefore(thisMonth());
  const from = url.from && url.from < to ? url.from : monthBefore(to);
  const question = {
    ...{ from, to, side },
    departmentId: url.department || null,
    systemId: url.system || null,
    projectId: url.project || null,
    centerId: url.center || null,
  };
  const [{ data, error, stale }, ask] = useQuery({
    query: CostChangesPageQuery,
    variables: { ...question, by },
    requestPolicy: 'cache-and-network',
  });
  const change = data && readFragment(ChangeTableParts, data.costChange);
  const months = useMemo(() => {
    const known = data?.statementMonths ?? [];
    return known.length === 0 ? [] : monthsFrom(known.at(-1) as string, known[0] as string);
  }, [data]);
  const narrow = ({ by: next, ...field }: NonNullable<ReturnType<typeof narrowed>>, opened?: CostChangePart) =>
    setUrl({ ...field, ...(opened ? { part: opened } : { by: next as CostChangeDimension }) });
  return (
    <>
      <PageHeader title={t('cost.change.title')} back={<Link to={routes.costs()}>{t('cost.title')}</Link>}>
        {t('cost.change.lead')}
      </PageHeader>
      <CostFilters
        dimensions={DIMENSIONS}
        by={by}
        side={side}
        narrowedTo={change?.narrowedTo ?? []}
        onChange={(patch) => setUrl(patch)}
      >
        <div className="jy-cost-control">
          <span>{t('cost.change.months')}</span>
          <MonthSelect
            label={t('cost.change.from')}
            months={months.filter((month) => month < to)}
            value={from}
            onChange={(month) => setUrl({ from: month })}
          />
          <span aria-hidden>→</span>
          <MonthSelect
            label={t('cost.change.to')}
            months={months.slice(0, -1)}
            value={to}
            onChange={(month) => setUrl({ to: month, ...(month <= from ? { from: '' } : {}) })}
          />
        </div>
      </CostFilters>
      {!change &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={12} />
        ))}
      {change && change.groups.length === 0 && (
        <EmptyState title={t('cost.empty')} action={<Link to={routes.statements()}>{t('statement.list')}</Link>}>
          {t('cost.emptyText')}
        </EmptyState>
      )}
      {change && change.groups.length > 0 && (
        <div aria-busy={stale}>
          <Panel
            title={t('cost.change.whole', { from, to })}
            aside={<Money fen={differenceOf(change)} compact signed />}
          >
            <ChangeWaterfall
              sum={change}
              from={from}
              to={to}
              part={part}
              onOpen={(opened) => setUrl({ part: opened === part ? '' : opened })}
            />
            {change.rest !== '0' && (
              <p className="jy-quiet-text">
                {t('cost.change.restText', { at: change.madeAt ? exactTime(change.madeAt).slice(0, 16) : '–' })}
              </p>
            )}
          </Panel>
          {part && <ChangeUses question={question} part={part} onClose={() => setUrl({ part: '' })} />}
          <Panel
            title={t('cost.change.caption', { by: t(`cost.dimensions.${by}`), from, to })}
            aside={<SaveTable name={t('cost.change.title')} table={() => saved(t, change, by, from, to)} />}
          >
            <ChangeTable change={change} by={by} from={from} to={to} onNarrow={narrow} />
          </Panel>
        </div>
      )}
    </>
  );
}

function saved(t: TFunction, change: Change, by: CostChangeDimension, from: string, to: string) {
  const shown = partsIn(change);
  const cells = (sum: Sum) =>
    [sum.before, ...shown.map((part) => amountOf(sum, part)), sum.rest, sum.after, differenceOf(sum)].map(yuanCell);
  return {
    header: [
      t(`cost.dimensions.${by}`),
      ...[from, ...shown.map((part) => t(`cost.change.parts.${part}`)), t('cost.change.parts.REST'), to].map((of) =>
        t('cost.yuanOf', { of }),
      ),
      t('cost.yuanOf', { of: t('cost.change.difference') }),
    ],
    rows: [
      ...change.groups.map((group) => [wholeWord(t, by, group), ...cells(group)]),
      ...(change.beyond ? [[t('cost.restRows', { n: change.groupsBeyond }), ...cells(change.beyond)]] : []),
      [t('cost.total'), ...cells(change)],
    ],
  };
}
