import { useTranslation } from 'react-i18next';
import type { HostAction } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { ProgressLine } from '../../../ui/ProgressLine';
import { Time } from '../../../ui/Time';
import { ServerHostParts } from '../hosts.gql';
import { HostStages } from './HostStages';
import { HostPhaseTag } from './host-phases';
import { ServerLogin } from './ServerLogin';

type Host = NonNullable<ResultOf<typeof ServerHostParts>['host']>;
export type HostAct = ResultOf<typeof ServerHostParts>['hostActions'][number];

const looks = {
  REGISTER: {},
  POWER_ON: {},
  POWER_OFF: {},
  REBOOT: {},
  REIMAGE: { danger: true },
  KEEP_BY_HAND: {},
} as const satisfies Record<HostAction, { danger?: boolean }>;

type Props = { server: FragmentOf<typeof ServerHostParts>; onAct: (act: HostAct) => void; onReveal: () => void };

/** Its BareMetalHost as the cluster last said: how far it is, whether it is on, what can be done, and that it was cleaned. */
export function HostPanel({ server: masked, onAct, onReveal }: Props) {
  const { t } = useTranslation();
  const { firstLogin, host, hostActions } = readFragment(ServerHostParts, masked);
  if (!host && hostActions.length === 0) return null;
  const by = host?.management === 'RECORDED' ? 'server.host.byHand' : 'server.host.none';
  return (
    <Panel
      className="jy-short-facts"
      title={t('server.host.title')}
      aside={host && <HostPhaseTag phase={host.phase} />}
    >
      {host && host.management === 'DRIVEN' ? (
        <>
          {host.statusText !== t(`server.host.phases.${host.phase}`) && (
            <p className="jy-status-text" role="status">
              {host.statusText}
            </p>
          )}
          <ProgressLine percent={host.progressPercent} label={t('server.host.title')} />
          <HostStages stages={host.stages} />
          <Facts
            facts={[
              {
                label: t('server.host.power'),
                value:
                  host.poweredOn === null
                    ? t('server.unknown')
                    : t(host.poweredOn ? 'server.host.on' : 'server.host.off'),
              },
              ...(host.imageName ? [{ label: t('server.host.image'), value: host.imageName }] : []),
              ...(firstLogin
                ? [
                    {
                      label: t('server.host.login'),
                      value: <ServerLogin login={firstLogin} onReveal={onReveal} />,
                      wide: true,
                    },
                  ]
                : []),
              ...(host.tries > 0
                ? [{ label: t('server.host.tries'), value: t('server.host.triesOf', { count: host.tries }) }]
                : []),
              {
                label: t('server.host.observedAt'),
                value: host.observedAt ? <Time at={host.observedAt} /> : t('server.unknown'),
              },
              ...(host.wipe ? [{ label: t('server.host.wipe'), value: <Wipe wipe={host.wipe} />, wide: true }] : []),
            ]}
          />
        </>
      ) : (
        <p className="jy-quiet-text">{t(by)}</p>
      )}
      {hostActions.length > 0 && (
        <div className="jy-panel-actions">
          {hostActions.map((act) => (
            <ActionButton
              key={act.action}
              {...looks[act.action]}
              disabledReason={act.disabledReason}
              onPress={() => onAct(act)}
            >
              {t(`server.host.actions.${act.action}`)}
            </ActionButton>
          ))}
        </div>
      )}
    </Panel>
  );
}

function Wipe({ wipe: { endedAt, method, startedAt } }: { wipe: NonNullable<Host['wipe']> }) {
  return (
    <>
      {method}
      {endedAt && (
        <div className="jy-quiet-text">
          <Time at={startedAt} exact /> – <Time at={endedAt} exact />
        </div>
      )}
    </>
  );
}
