import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, SyncOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { HostStageState } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { ServerHostParts } from '../hosts.gql';

type Host = NonNullable<ResultOf<typeof ServerHostParts>['host']>;

const looks = {
  DONE: { tone: 'good', icon: CheckCircleOutlined },
  NOW: { tone: 'moving', icon: SyncOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  WAITING: { tone: 'quiet', icon: ClockCircleOutlined },
} satisfies Record<HostStageState, StateLook>;

/** The way that a host goes now: what lies behind it, where it is, what is still to come. */
export function HostStages({ stages }: { stages: Host['stages'] }) {
  const { t } = useTranslation();
  if (stages.length === 0) return null;
  return (
    <ol className="jy-timeline" aria-label={t('server.host.way')}>
      {stages.map(({ at, stage, state }) => (
        <li key={stage} data-now={state === 'NOW' || state === 'FAILED'}>
          <div className="jy-timeline-head">
            <span className={state === 'WAITING' ? 'jy-quiet-text' : undefined}>
              {t(`server.host.stages.${stage}`)}
            </span>
            {at ? <Time at={at} /> : <StateTag look={looks[state]} word={t(`server.host.stageStates.${state}`)} />}
          </div>
        </li>
      ))}
    </ol>
  );
}
