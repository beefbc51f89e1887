import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  DeleteOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SnapshotState } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { Panel } from '../../../ui/Panel';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { ResourceSnapshotsPart } from '../resources.gql';
import { PowerDialog } from './PowerDialog';
import {
  DeleteSnapshotDialog,
  GiveUpRestoreDialog,
  RestoreSnapshotDialog,
  TakeSnapshotDialog,
} from './SnapshotDialogs';

type Snapshot = ResultOf<typeof ResourceSnapshotsPart>['snapshots']['nodes'][number];
type Asked = { act: 'TAKE' | 'STOP' } | { act: 'RESTORE' | 'GIVE_UP' | 'DELETE'; snapshot: Snapshot };

const looks = {
  MAKING: { tone: 'moving', icon: LoadingOutlined },
  READY: { tone: 'good', icon: CheckCircleOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  DELETING: { tone: 'moving', icon: DeleteOutlined },
  GONE: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<SnapshotState, StateLook>;
const restoringLook: StateLook = { tone: 'moving', icon: LoadingOutlined };

/** The machine's disks as they were at moments that somebody kept, and the way back to them. */
export function SnapshotsPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceSnapshotsPart> }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const resource = readFragment(ResourceSnapshotsPart, masked);
  const { mayOperate, most, nodes, stopFirst, takeDisabledReason } = resource.snapshots;
  // Of what the console does not drive there are none, and never will be.
  if (resource.management !== 'DRIVEN') return null;
  const close = () => setAsked(null);
  const live = resource.state === 'IN_USE';
  return (
    <Panel
      title={t('snapshot.title')}
      aside={
        mayOperate &&
        live && (
          <ActionButton disabledReason={takeDisabledReason} onPress={() => setAsked({ act: 'TAKE' })}>
            {t('snapshot.take')}
          </ActionButton>
        )
      }
    >
      <p className="jy-quiet-text">{t('snapshot.lead', { used: nodes.length, most })}</p>
      {mayOperate && live && stopFirst && nodes.some(({ state }) => state === 'READY') && (
        <div className="jy-policy-acts">
          <span className="jy-quiet-text">{t('snapshot.stopFirst')}</span>
          <Button size="small" onClick={() => setAsked({ act: 'STOP' })}>
            {t('snapshot.stopNow')}
          </Button>
        </div>
      )}
      {nodes.length > 0 && (
        <ul className="jy-policies">
          {nodes.map((snapshot) => (
            <li key={snapshot.id}>
              <div className="jy-policy-head">
                <span className="jy-strong">{snapshot.name}</span>
                <StateTag
                  look={snapshot.restoring ? restoringLook : looks[snapshot.state]}
                  word={snapshot.restoring ? t('snapshot.restoring') : t(`snapshot.state.${snapshot.state}`)}
                />
              </div>
              <p className="jy-quiet-text">
                <Time at={snapshot.createdAt} exact /> · {snapshot.createdBy} ·{' '}
                <span className="jy-number">{snapshot.diskGib} GiB</span>
                {snapshot.state === 'READY' && ` · ${t(howTaken(snapshot.indications))}`}
              </p>
              {snapshot.trouble && <p className="jy-quiet-text">{snapshot.trouble}</p>}
              {mayOperate && live && (
                <div className="jy-policy-acts">
                  {snapshot.restoring && (
                    <ActionButton
                      danger
                      disabledReason={snapshot.giveUpDisabledReason}
                      onPress={() => setAsked({ act: 'GIVE_UP', snapshot })}
                    >
                      {t('snapshot.giveUp')}
                    </ActionButton>
                  )}
                  {snapshot.state === 'READY' && !snapshot.restoring && (
                    <ActionButton
                      disabledReason={snapshot.restoreDisabledReason}
                      onPress={() => setAsked({ act: 'RESTORE', snapshot })}
                    >
                      {t('snapshot.restore')}
                    </ActionButton>
                  )}
                  {snapshot.state !== 'DELETING' && (
                    <ActionButton
                      danger
                      disabledReason={snapshot.deleteDisabledReason}
                      onPress={() => setAsked({ act: 'DELETE', snapshot })}
                    >
                      {t('snapshot.delete')}
                    </ActionButton>
                  )}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {asked?.act === 'TAKE' && <TakeSnapshotDialog resource={resource} onClose={close} />}
      {asked?.act === 'STOP' && <PowerDialog action="STOP" resource={resource} onClose={close} />}
      {asked?.act === 'RESTORE' && (
        <RestoreSnapshotDialog resource={resource} snapshot={asked.snapshot} onClose={close} />
      )}
      {asked?.act === 'GIVE_UP' && <GiveUpRestoreDialog snapshot={asked.snapshot} onClose={close} />}
      {asked?.act === 'DELETE' && <DeleteSnapshotDialog snapshot={asked.snapshot} onClose={close} />}
    </Panel>
  );
}

/** KubeVirt's indications: whether it ran, and whether its guest agent had the file systems stand still meanwhile. */
export function howTaken(indications: readonly string[]) {
  if (!indications.includes('Online')) return 'snapshot.takenOff';
  return indications.includes('GuestAgent') && !indications.includes('QuiesceTimeout')
    ? 'snapshot.takenQuiet'
    : 'snapshot.takenRunning';
}
