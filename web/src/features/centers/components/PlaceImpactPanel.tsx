import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { WideTable } from '../../../ui/WideTable';
import { PlaceImpactQuery } from '../centers.gql';

type Impact = ResultOf<typeof PlaceImpactQuery>['placeImpact'];
const W_PER_KW = 1_000;
/** So many cabinets are named; of more the number says enough. */
const CABINETS_NAMED = 24;

/** What a window on a room, row or cabinet would break, before it starts: whose things, which systems. */
export function PlaceImpactPanel({ input }: { input: VariablesOf<typeof PlaceImpactQuery>['input'] }) {
  const { t } = useTranslation();
  const [{ data, error, stale }, ask] = useQuery({
    query: PlaceImpactQuery,
    variables: { input },
    requestPolicy: 'cache-and-network',
  });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={4} />
    );
  const impact = data.placeImpact;
  const things = impact.departments.reduce((sum, row) => sum + row.things, 0);
  return (
    <section className="jy-impact" aria-label={t('maintenance.impact')} aria-busy={stale}>
      <p role="status">
        {things + impact.own + impact.atRisk.length === 0 ? (
          <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('maintenance.placeNone')} />
        ) : (
          <>
            <StateTag
              look={{ tone: things > 0 ? 'bad' : 'waiting', icon: WarningOutlined }}
              word={t('maintenance.placeTouched')}
            />{' '}
            {t('maintenance.placeBreaks', { cabinets: impact.dark.length, things, own: impact.own })}
          </>
        )}
      </p>
      <Cabinets title={t('maintenance.dark')} cabinets={impact.dark} />
      <Cabinets title={t('maintenance.atRisk')} cabinets={impact.atRisk} />
      <Departments impact={impact} />
      <Systems title={t('maintenance.systemsThere', { total: impact.systems.length })} systems={impact.systems} />
      <Systems
        title={t('maintenance.dualActiveThere', { total: impact.dualActive.length })}
        systems={impact.dualActive}
      />
      {impact.pools.length > 0 && (
        <p>
          {t('maintenance.poolHosts')}{' '}
          {impact.pools.map(({ pool, hosts }) => `${pool.code} × ${count(hosts)}`).join(t('common.comma'))}
        </p>
      )}
      {impact.overlapping.length > 0 && (
        <p className="jy-quiet-text">
          {t('maintenance.overlapping')}{' '}
          {impact.overlapping.map(({ code, title }) => `${code} ${title}`).join(t('common.comma'))}
        </p>
      )}
    </section>
  );
}

function Cabinets({ title, cabinets }: { title: string; cabinets: Impact['dark'] }) {
  if (cabinets.length === 0) return null;
  return (
    <p>
      {title} <span className="jy-number">{count(cabinets.length)}</span>
      {cabinets.slice(0, CABINETS_NAMED).map(({ id, code }) => (
        <span key={id}>
          {' '}
          <Link to={routes.cabinet(id)}>{code}</Link>
        </span>
      ))}
      {cabinets.length > CABINETS_NAMED && ' …'}
    </p>
  );
}

function Departments({ impact }: { impact: Impact }) {
  const { t } = useTranslation();
  if (impact.departments.length === 0) return null;
  return (
    <WideTable label={t('maintenance.departmentsThere')}>
      <table className="jy-small-table" aria-label={t('maintenance.departmentsThere')}>
        <thead>
          <tr>
            <th scope="col">{t('maintenance.departmentsThere')}</th>
            {(['things', 'placeUnits', 'placePower'] as const).map((key) => (
              <th key={key} scope="col" className="jy-cell-number">
                {t(`maintenance.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {impact.departments.map(({ department, things, units, powerW }) => (
            <tr key={department.id}>
              <th scope="row">{department.name}</th>
              <td className="jy-cell-number">{count(things)}</td>
              <td className="jy-cell-number">{units}</td>
              <td className="jy-cell-number">{count(powerW / W_PER_KW)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Systems({ title, systems }: { title: string; systems: Impact['systems'] }) {
  if (systems.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <ul className="jy-plain-list">
        {systems.map(({ id, name, code }) => (
          <li key={id}>
            {name} <span className="jy-code">{code}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
