import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { MonthSelect } from '../../../ui/MonthSelect';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { ComparisonView } from '../components/ComparisonView';
import { SelfBuildChoicesQuery, SelfBuildParts, SelfBuildQuery } from '../selfbuild.gql';
import { lastMonth, spanAfter } from '../selfbuild-words';

const YEARS = [3, 5, 8, 10] as const;
const YEARS_USUAL = 5;
const spec = {
  department: urlText(),
  system: urlText(),
  first: urlText(),
  last: urlText(),
  years: urlText(),
  edition: urlText(),
};

/** 自建成本对比: the same resources built for oneself, by assumptions that two people answer for. */
export function SelfBuildPage() {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(spec);
  const last = url.last || lastMonth();
  const first = url.first || last;
  const years = Number.parseInt(url.years, 10) || YEARS_USUAL;
  const [{ data: choices, error: choicesError }, askChoices] = useQuery({
    query: SelfBuildChoicesQuery,
    variables: { first, last, departmentId: url.department || null },
    requestPolicy: 'cache-and-network',
  });
  const departments = (choices?.departments.rows ?? []).flatMap(({ key, label }) => (key ? [{ key, label }] : []));
  const systems = (choices?.systems.rows ?? []).flatMap(({ key, label }) => (key ? [{ key, label }] : []));
  // Where nobody has chosen yet, the dearest one shows what the page is about.
  const department = url.system ? null : url.department || departments[0]?.key || null;
  const subject = url.system
    ? { systemId: url.system, departmentId: null }
    : { systemId: null, departmentId: department };
  const [{ data, error, stale }, ask] = useQuery({
    query: SelfBuildQuery,
    variables: { ...subject, first, last, years, editionId: url.edition || null },
    pause: subject.systemId === null && subject.departmentId === null,
    requestPolicy: 'cache-and-network',
  });
  const found = data && readFragment(SelfBuildParts, data.selfBuildComparison);
  const editions = choices?.selfBuildEditions.filter(({ number }) => number !== null) ?? [];
  const months = choices?.statementMonths ?? [];
  const failed = error ?? choicesError;
  return (
    <>
      <PageHeader
        title={t('selfBuild.title')}
        actions={<Link to={routes.selfBuildAssumptions()}>{t('selfBuild.assumptions')}</Link>}
      >
        {t('selfBuild.lead')}
      </PageHeader>
      <div className="jy-cost-controls">
        <div className="jy-cost-control jy-self-build-subject">
          <span>{t('selfBuild.department')}</span>
          <Select
            className="jy-filter-select"
            aria-label={t('selfBuild.department')}
            showSearch={{ optionFilterProp: 'label' }}
            value={url.department || department || ''}
            onChange={(chosen: string) => setUrl({ department: chosen, system: '' })}
            options={[
              ...(url.system || !department ? [{ value: '', label: t('selfBuild.anyDepartment') }] : []),
              ...departments.map(({ key, label }) => ({ value: key, label: label ?? key })),
            ]}
          />
        </div>
        <div className="jy-cost-control jy-self-build-subject">
          <span>{t('selfBuild.system')}</span>
          <Select
            className="jy-filter-select"
            aria-label={t('selfBuild.system')}
            showSearch={{ optionFilterProp: 'label' }}
            value={url.system}
            onChange={(system: string) => setUrl({ system })}
            options={[
              { value: '', label: t('selfBuild.anySystem') },
              ...systems.map(({ key, label }) => ({ value: key, label: label ?? key })),
            ]}
          />
        </div>
        <div className="jy-cost-control">
          <span>{t('selfBuild.base')}</span>
          <MonthSelect
            label={t('selfBuild.first')}
            months={months}
            value={first}
            onChange={(from) => setUrl(spanAfter('first', from, last))}
          />
          <span aria-hidden>–</span>
          <MonthSelect
            label={t('selfBuild.last')}
            months={months}
            value={last}
            onChange={(to) => setUrl(spanAfter('last', to, first))}
          />
        </div>
        <div className="jy-cost-control">
          <span>{t('selfBuild.years')}</span>
          <Select
            className="jy-filter-select"
            aria-label={t('selfBuild.years')}
            value={years}
            onChange={(chosen: number) => setUrl({ years: String(chosen) })}
            options={[...new Set([...YEARS, years])]
              .toSorted((a, b) => a - b)
              .map((n) => ({ value: n, label: t('selfBuild.yearsOf', { n }) }))}
          />
        </div>
        {editions.length > 0 && (
          <div className="jy-cost-control jy-self-build-edition">
            <span>{t('selfBuild.edition')}</span>
            <Select
              className="jy-filter-select"
              aria-label={t('selfBuild.edition')}
              value={url.edition || editions.find(({ inForce }) => inForce)?.id || editions[0]?.id}
              onChange={(edition: string) => setUrl({ edition })}
              options={editions.map(({ id, inForce, number }) => ({
                value: id,
                label: `${t('selfBuild.editionOf', { number: number ?? 0 })}${inForce ? ` · ${t('selfBuild.inForce')}` : ''}`,
              }))}
            />
          </div>
        )}
      </div>
      {failed && !found && (
        <FailureState
          failure={failureOf(failed)}
          onRetry={() => {
            askChoices({ requestPolicy: 'network-only' });
            ask({ requestPolicy: 'network-only' });
          }}
        />
      )}
      {!failed && !choices && <LoadingState rows={12} />}
      {choices && editions.length === 0 && (
        <EmptyState
          title={t('selfBuild.noEdition')}
          action={<Link to={routes.selfBuildAssumptions()}>{t('selfBuild.assumptions')}</Link>}
        >
          {t('selfBuild.noEditionText')}
        </EmptyState>
      )}
      {choices && editions.length > 0 && !department && !url.system && (
        <EmptyState title={t('selfBuild.choose')} action={<Link to={routes.costs()}>{t('cost.title')}</Link>}>
          {t('selfBuild.chooseText')}
        </EmptyState>
      )}
      {editions.length > 0 && data && !found && (
        <EmptyState title={t('selfBuild.none')} action={<Link to={routes.costs()}>{t('cost.title')}</Link>}>
          {t('selfBuild.noneText')}
        </EmptyState>
      )}
      {found && (
        <div aria-busy={stale}>
          <ComparisonView found={found} />
        </div>
      )}
    </>
  );
}
