import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { IdleCostDimension } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
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
import { WideTable } from '../../../ui/WideTable';
import { CostFilters } from '../components/CostFilters';
import { keyWord, monthBefore, monthsFrom, narrowed, thisMonth, wholeWord } from '../components/cost-words';
import { IdleCostsPageQuery } from '../idle.gql';

const DIMENSIONS: readonly IdleCostDimension[] = ['DEPARTMENT', 'SYSTEM', 'CENTER'];
const spec = {
  month: urlText(),
  by: urlOneOf(DIMENSIONS, 'DEPARTMENT'),
  side: urlOneOf(COST_SIDES, 'PROVINCE'),
  department: urlText(),
  system: urlText(),
  center: urlText(),
};

/** "12345", "1000000" → "1.2": percent to one place, rounded half up, with no float in between. */
function percentOf(part: string, whole: string): string {
  if (BigInt(whole) <= 0n) return '–';
  const tenths = (BigInt(part) * 2_000n + BigInt(whole)) / (2n * BigInt(whole));
  return `${tenths / 10n}.${tenths % 10n}%`;
}

/** 闲置成本: what machines that stand idle cost in a month, by whom and machine by machine. */
export function IdleCostsPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(spec);
  const { by, side } = url;
  const month = url.month || monthBefore(thisMonth());
  const [{ data, error, stale }, ask] = useQuery({
    query: IdleCostsPageQuery,
    variables: {
      ...{ month, by, side },
      departmentId: url.department || null,
      systemId: url.system || null,
      centerId: url.center || null,
    },
    requestPolicy: 'cache-and-network',
  });
  const idle = data?.idleCost;
  const known = data?.statementMonths ?? [];
  const months = known.length === 0 ? [] : monthsFrom(known.at(-1) as string, known[0] as string);
  const caption = t('cost.idle.caption', { by: t(`cost.dimensions.${by}`) });
  return (
    <>
      <PageHeader title={t('cost.idle.title')} back={<Link to={routes.costs()}>{t('cost.title')}</Link>}>
        {t('cost.idle.lead')}
      </PageHeader>
      <CostFilters
        dimensions={DIMENSIONS}
        by={by}
        side={side}
        narrowedTo={idle?.narrowedTo ?? []}
        onChange={(patch) => setUrl(patch)}
      >
        <div className="jy-cost-control">
          <span>{t('statement.month')}</span>
          <MonthSelect months={months} value={month} onChange={(chosen) => setUrl({ month: chosen })} />
        </div>
      </CostFilters>
      {!idle &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={10} />
        ))}
      {idle && idle.machines === 0 && (
        <EmptyState title={t('cost.idle.none')} action={<Link to={routes.costs()}>{t('cost.title')}</Link>}>
          {t('cost.idle.noneText')}
        </EmptyState>
      )}
      {idle && idle.machines > 0 && (
        <div aria-busy={stale}>
          <Panel
            title={caption}
            aside={
              <>
                <Money fen={idle.amount} compact />
                <SaveTable
                  name={t('cost.idle.title')}
                  table={() => ({
                    header: [
                      t(`cost.dimensions.${by}`),
                      t('cost.idle.machines'),
                      t('cost.yuanOf', { of: t('cost.amount') }),
                    ],
                    rows: [
                      ...idle.groups.map((group) => [wholeWord(t, by, group), group.machines, yuanCell(group.amount)]),
                      [t('cost.total'), idle.machines, yuanCell(idle.amount)],
                    ],
                  })}
                />
              </>
            }
          >
            <p className="jy-quiet-text">
              {t('cost.idle.summary', {
                month,
                n: count(idle.machines),
                share: percentOf(idle.amount, idle.total),
                at: idle.reckonedAt ? exactTime(idle.reckonedAt).slice(0, 16) : '–',
              })}
            </p>
            <WideTable label={caption}>
              <table className="jy-small-table jy-cost-table" aria-label={caption}>
                <thead>
                  <tr>
                    <th scope="col">{t(`cost.dimensions.${by}`)}</th>
                    <th scope="col" className="jy-cell-number">
                      {t('cost.idle.machines')}
                    </th>
                    <th scope="col" className="jy-cell-number">
                      {t('cost.idle.share')}
                    </th>
                    <th scope="col" className="jy-cell-number">
                      {t('cost.amount')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {idle.groups.map((group) => {
                    const into = narrowed(by, group.key);
                    return (
                      <tr key={group.key ?? ''}>
                        <th scope="row">
                          {into ? (
                            <button
                              type="button"
                              className="jy-link-button"
                              onClick={() => {
                                const { by: _next, ...field } = into;
                                setUrl({ ...field, by: by === 'SYSTEM' ? 'DEPARTMENT' : 'SYSTEM' });
                              }}
                            >
                              {keyWord(t, by, group)}
                            </button>
                          ) : (
                            keyWord(t, by, group)
                          )}
                          {group.of && <div className="jy-quiet-text">{group.of}</div>}
                        </th>
                        <td className="jy-cell-number">{count(group.machines)}</td>
                        <td className="jy-cell-number">{percentOf(group.amount, idle.amount)}</td>
                        <td className="jy-cell-number">
                          <Money fen={group.amount} />
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">{t('cost.total')}</th>
                    <td className="jy-cell-number">{count(idle.machines)}</td>
                    <td className="jy-cell-number">100%</td>
                    <td className="jy-cell-number">
                      <Money fen={idle.amount} />
                    </td>
                  </tr>
                </tfoot>
              </table>
            </WideTable>
          </Panel>
          <Panel title={t('cost.idle.dearest')}>
            <WideTable label={t('cost.idle.dearest')}>
              <table className="jy-small-table" aria-label={t('cost.idle.dearest')}>
                <thead>
                  <tr>
                    <th scope="col">{t('cost.change.use')}</th>
                    <th scope="col">{t('cost.dimensions.DEPARTMENT')}</th>
                    <th scope="col">{t('cost.change.lines')}</th>
                    <th scope="col" className="jy-cell-number">
                      {t('cost.amount')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {idle.dearest.map(({ amount, code, departmentId, departmentName, name, resourceId }) => (
                    <tr key={resourceId}>
                      <th scope="row">
                        <Link to={routes.resource(resourceId)}>{name}</Link>
                        <div className="jy-quiet-text jy-code">{code}</div>
                      </th>
                      <td>{departmentName ?? '–'}</td>
                      <td>
                        <Link to={routes.statementOfUse(departmentId, month, code)}>{month}</Link>
                      </td>
                      <td className="jy-cell-number">
                        <Money fen={amount} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </WideTable>
          </Panel>
        </div>
      )}
    </>
  );
}
