import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { WideTable } from '../../../ui/WideTable';
import { MaintenanceImpactQuery } from '../centers.gql';
import { useMeterWords } from './use-meter-words';

type Impact = ResultOf<typeof MaintenanceImpactQuery>['maintenanceImpact'];
export type ImpactInput = VariablesOf<typeof MaintenanceImpactQuery>['input'];

/** What a window would break, before it starts. */
export function ImpactPanel({ input }: { input: ImpactInput }) {
  const { t } = useTranslation();
  const [{ data, error, stale }, ask] = useQuery({
    query: MaintenanceImpactQuery,
    variables: { input },
    requestPolicy: 'cache-and-network',
  });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={4} />
    );
  const impact = data.maintenanceImpact;
  const harmless = impact.displacedCount === 0 && impact.sidesLost.length === 0;
  return (
    <section className="jy-impact" aria-label={t('maintenance.impact')} aria-busy={stale}>
      <p role="status">
        {harmless ? (
          <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('maintenance.impactNone')} />
        ) : (
          <StateTag
            look={{ tone: 'bad', icon: WarningOutlined }}
            word={t('maintenance.impactWhole', { total: impact.displacedCount })}
          />
        )}
      </p>
      <Meters impact={impact} />
      {impact.sidesLost.length > 0 && (
        <>
          <p>{t('maintenance.impactSides', { total: impact.sidesLost.length })}</p>
          <ul className="jy-plain-list">
            {impact.sidesLost.map((system) => (
              <li key={system.id}>
                {system.name} <span className="jy-code">{system.code}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {impact.displaced.length > 0 && <Displaced impact={impact} />}
      {impact.overlapping.length > 0 && (
        <p className="jy-quiet-text">
          {t('maintenance.overlapping')}{' '}
          {impact.overlapping.map(({ code, title }) => `${code} ${title}`).join(t('common.comma'))}
        </p>
      )}
    </section>
  );
}

function Meters({ impact }: { impact: Impact }) {
  const { t } = useTranslation();
  const { word, amount } = useMeterWords();
  return (
    <WideTable label={t('maintenance.impact')}>
      <table className="jy-small-table" aria-label={t('maintenance.impact')}>
        <thead>
          <tr>
            <th scope="col">{t('maintenance.meter')}</th>
            {(['promisedNow', 'promisedThen', 'live', 'short'] as const).map((key) => (
              <th key={key} scope="col" className="jy-cell-number">
                {t(`maintenance.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {impact.meters.map((row) => (
            <tr key={row.meter}>
              <th scope="row">{word(row.meter)}</th>
              <td className="jy-cell-number">{amount(row.meter, row.promisedNow)}</td>
              <td className="jy-cell-number">{amount(row.meter, row.promisedThen)}</td>
              <td className="jy-cell-number">{amount(row.meter, row.live)}</td>
              <td className="jy-cell-number">
                {row.short > 0 ? (
                  <strong className="jy-bad-text">{amount(row.meter, row.short)}</strong>
                ) : (
                  amount(row.meter, 0)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Displaced({ impact }: { impact: Impact }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>
        {t('maintenance.displaced')} <span className="jy-quiet-text">{t('maintenance.displacedFirst')}</span>
      </summary>
      <ul className="jy-plain-list">
        {impact.displaced.map(({ held, vcpu, memoryMib, resource }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a held claim has no name; the list is never edited.
          <li key={index}>
            {resource ? <Link to={routes.resource(resource.id)}>{resource.name}</Link> : held && t('maintenance.held')}{' '}
            <span className="jy-code">{`${vcpu}C${memoryMib / 1024}G`}</span>{' '}
            {resource && <span className="jy-quiet-text">{resource.system.name}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
