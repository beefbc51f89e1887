import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { ServerBmcParts } from '../servers.gql';
import { useEngineer } from './use-engineer';

const [SET, NOT_SET]: readonly [StateLook, StateLook] = [
  { tone: 'good', icon: CheckCircleOutlined },
  { tone: 'waiting', icon: ExclamationCircleOutlined },
];

type Props = { server: FragmentOf<typeof ServerBmcParts>; onSet: () => void };

/** The way into its management controller. Of the credential only that there is one. */
export function BmcPanel({ server: masked, onSet }: Props) {
  const { t } = useTranslation();
  const engineer = useEngineer();
  const { bmc, state } = readFragment(ServerBmcParts, masked);
  if (!bmc) return null;
  return (
    <Panel
      title={t('server.bmc')}
      aside={
        engineer('EDIT') && (
          <ActionButton disabledReason={state === 'RETIRED' ? t('server.bmcRetired') : null} onPress={onSet}>
            {t(bmc.hasCredential ? 'server.replaceCredential' : 'server.setCredential')}
          </ActionButton>
        )
      }
    >
      <Facts
        facts={[
          {
            label: t('server.bmcAddress'),
            value: bmc.address ? <span className="jy-code">{bmc.address}</span> : t('server.unknown'),
            wide: true,
          },
          {
            label: t('server.credential'),
            value: (
              <StateTag
                look={bmc.hasCredential ? SET : NOT_SET}
                word={t(bmc.hasCredential ? 'server.credentialSet' : 'server.credentialNotSet')}
              />
            ),
          },
          ...(bmc.username ? [{ label: t('server.bmcUsername'), value: <code>{bmc.username}</code> }] : []),
        ]}
      />
    </Panel>
  );
}
