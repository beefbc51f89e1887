import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { LossParts } from '../capacity.gql';
import { useMeterName } from './GroupTable';

type Loss = ResultOf<typeof LossParts>['losses'][number];

/** N-1: either side of the dual-active pair lost once. */
export function LossPanel({ report }: { report: FragmentOf<typeof LossParts> }) {
  const { t } = useTranslation();
  const { losses } = readFragment(LossParts, report);
  return (
    <Panel title={t('capacity.losses')}>
      {losses.length === 0 ? (
        <p className="jy-quiet-text">{t('capacity.lossNone')}</p>
      ) : (
        <div className="jy-losses">
          {losses.map((loss) => (
            <Verdict key={loss.lost.id} loss={loss} />
          ))}
        </div>
      )}
      <p className="jy-quiet-text">{t('capacity.lossLimits')}</p>
    </Panel>
  );
}

function Verdict({ loss }: { loss: Loss }) {
  const { t } = useTranslation();
  return (
    <div className="jy-loss">
      <h3>{t('capacity.lossTitle', { lost: loss.lost.name, other: loss.other.name })}</h3>
      <p>
        {loss.carried ? (
          <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('capacity.carried')} />
        ) : (
          <StateTag look={{ tone: 'bad', icon: WarningOutlined }} word={t('capacity.notCarried')} />
        )}{' '}
        <span className="jy-quiet-text">
          {t('capacity.lossSystems', { total: loss.systems, lost: loss.lost.name })}
        </span>
      </p>
      {loss.shortages.length > 0 && (
        <ul className="jy-plain-list">
          {loss.shortages.map((shortage) => (
            <Shortage key={`${shortage.zone} ${shortage.architecture} ${shortage.meter}`} shortage={shortage} />
          ))}
        </ul>
      )}
      {loss.systemsShort.length > 0 && (
        <details>
          <summary>
            {t('capacity.lossSystemsShort')} {loss.systemsShort.length}
          </summary>
          <ul className="jy-plain-list">
            {loss.systemsShort.map((system) => (
              <li key={system.id}>
                {system.name} <span className="jy-code">{system.code}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Shortage({ shortage }: { shortage: Loss['shortages'][number] }) {
  const { t } = useTranslation();
  const meter = useMeterName(shortage.meter);
  const amount = (value: number) => count(shortage.meter === 'MEMORY_MIB' ? value / 1024 : value);
  return (
    <li>
      {t('capacity.lossShort', {
        meter,
        short: amount(shortage.short),
        needed: amount(shortage.needed),
        free: amount(shortage.free),
        zone: t(`zone.${shortage.zone}`),
        architecture: t(`architecture.${shortage.architecture}`),
      })}
    </li>
  );
}
