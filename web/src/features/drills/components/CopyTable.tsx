import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { drillCopies } from '../../../ui/drill-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import type { Drill } from '../drills.gql';

/** The copies, wave by wave. */
export function CopyTable({ copies }: { copies: Drill['copies'] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('drill.copies')}>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('drill.copyOf')}</th>
            <th scope="col">{t('drill.wave')}</th>
            <th scope="col">{t('drill.stateLabel')}</th>
            <th scope="col">{t('drill.readyAt')}</th>
          </tr>
        </thead>
        <tbody>
          {copies.map(({ name, readyAt, resourceId, state, trouble, wave }) => (
            <tr key={resourceId}>
              <th scope="row">
                <Link to={routes.resource(resourceId)}>{name}</Link>
              </th>
              <td>{t(wave === 1 ? 'drill.waveData' : 'drill.waveOn')}</td>
              <td>
                <StateTag look={drillCopies[state]} word={t(`drill.copyState.${state}`)} />
                {trouble && <div className="jy-wrap-anywhere">{trouble}</div>}
              </td>
              <td>
                <Time at={readyAt} exact />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
