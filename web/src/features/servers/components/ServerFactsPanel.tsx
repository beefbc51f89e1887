import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, gibOfMib } from '../../../lib/quantity';
import { ClaimedAddresses } from '../../../ui/ClaimedAddresses';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { ServerFacts } from '../servers.gql';
import { kilograms, modelName, unitsOfHalves } from './server-words';

/** What the machine is. */
export function ServerFactsPanel({ server: masked, maker }: { server: FragmentOf<typeof ServerFacts>; maker: string }) {
  const { t } = useTranslation();
  const server = readFragment(ServerFacts, masked);
  const { model } = server;
  const watts = server.powerW ?? model.nameplatePowerW;
  const grams = model.weightGrams ?? server.weightGrams;
  return (
    <Panel title={t('server.facts')}>
      <Facts
        facts={[
          { label: t('server.model'), value: modelName(model) },
          {
            label: t('server.processor'),
            value: (
              <>
                {`${maker} ${t(`architecture.${server.architecture}`)}`}
                {server.domestic && <span className="jy-mark">{t('server.domestic')}</span>}
              </>
            ),
          },
          { label: t('server.cpuModel'), value: server.cpuModel || '–' },
          {
            label: t('server.coresTitle'),
            value: t('server.coresText', { sockets: server.sockets, cores: server.cores, threads: server.threads }),
          },
          { label: t('server.memory'), value: `${gibOfMib(server.memoryMib)} GiB` },
          {
            label: t('server.size'),
            value:
              model.heightHalfUnits === 0
                ? t('server.noUnits')
                : `${unitsOfHalves(model.heightHalfUnits)}U · ${t(model.fullDepth ? 'server.fullDepth' : 'server.halfDepth')}`,
          },
          {
            label: t('server.weight'),
            value: grams === null ? t('server.unknown') : `${kilograms(grams)} kg`,
          },
          {
            label: t('server.power'),
            value:
              watts === null
                ? t('server.unknown')
                : `${count(watts)} W${server.powerW === null ? ` · ${t('server.nameplate')}` : ''}`,
          },
          { label: t('resource.center'), value: <CenterMark role={server.center.role} name={server.center.name} /> },
          {
            label: t('network.claimedAddresses'),
            value: <ClaimedAddresses claimed={server.claimedAddresses} />,
          },
          { label: t('server.purchasedOn'), value: server.purchasedOn ?? '–' },
          { label: t('server.warrantyUntil'), value: server.warrantyUntil ?? '–' },
          { label: t('server.registeredAt'), value: <Time at={server.createdAt} /> },
          ...(server.clusterHost
            ? [{ label: t('server.clusterHost'), value: <span className="jy-code">{server.clusterHost}</span> }]
            : []),
        ]}
      />
    </Panel>
  );
}
