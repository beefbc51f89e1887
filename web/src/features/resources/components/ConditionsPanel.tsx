import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { ResourceConditions } from '../resources.gql';

// Kubernetes' three answers. False is no alarm by itself (Paused: False is good), so only Unknown and True differ in tone.
const looks: Record<string, StateLook> = {
  True: { tone: 'good', icon: CheckCircleOutlined },
  False: { tone: 'quiet', icon: CloseCircleOutlined },
};
const unknown: StateLook = { tone: 'waiting', icon: QuestionCircleOutlined };
/** KubeVirt's conditions that ask for something when they are true. */
const ASKING = new Set(['RestartRequired', 'Paused', 'Failure', 'EvictionRequested']);
const asks: StateLook = { tone: 'waiting', icon: ExclamationCircleOutlined };

function lookOf(type: string, status: string): StateLook {
  return status === 'True' && ASKING.has(type) ? asks : (looks[status] ?? unknown);
}

/** What the cluster and the console's own driver say about the machine, with their reasons. */
export function ConditionsPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceConditions> }) {
  const { t } = useTranslation();
  const { conditions } = readFragment(ResourceConditions, masked);
  return (
    <Panel title={t('resource.conditions')}>
      {conditions.length === 0 ? (
        <p className="jy-quiet-text">{t('resource.noConditions')}</p>
      ) : (
        <ul className="jy-conditions">
          {conditions.map((condition) => (
            <li key={condition.type}>
              <span className="jy-strong">{condition.type}</span>
              <StateTag look={lookOf(condition.type, condition.status)} word={condition.status} />
              <span>{[condition.reason, condition.message].filter(Boolean).join(' · ')}</span>
              <span className="jy-condition-time">
                <Time at={condition.since} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
