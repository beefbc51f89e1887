import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { ServerParts } from '../servers.gql';
import { diskKind, diskSize, linkSpeed } from './server-words';

/** What is built into it. */
export function ServerPartsPanel({ server: masked }: { server: FragmentOf<typeof ServerParts> }) {
  const { t } = useTranslation();
  const { accelerators, cardNetworks, disks, nics } = readFragment(ServerParts, masked);
  return (
    <Panel title={t('server.parts')}>
      <div className="jy-parts">
        <Part
          caption={t('server.disks')}
          heads={[t('server.kind'), t('server.capacity'), t('server.count')]}
          rows={disks.map((disk) => [diskKind(disk.kind), diskSize(disk.sizeGib), disk.count])}
          none={t('server.noDisks')}
        />
        <Part
          caption={t('server.accelerators')}
          heads={[t('server.kind'), t('server.name'), t('server.count')]}
          rows={accelerators.map((card) => [t(`server.acceleratorKinds.${card.kind}`), card.name, card.count])}
          none={t('server.noAccelerators')}
        />
        <Part
          caption={t('server.nics')}
          heads={[t('server.name'), t('server.mac'), t('server.speed')]}
          rows={nics.map((nic) => [nic.name, <code key="mac">{nic.mac}</code>, linkSpeed(nic.speedMbps)])}
          none={t('server.noNics')}
        />
        {cardNetworks.length > 0 && (
          <Part
            texts
            caption={t('server.cardNetworks')}
            heads={[t('server.card'), t('server.network'), t('server.addresses')]}
            rows={cardNetworks.map(({ addresses, card, isTagged, network, vlanId }) => [
              card,
              <span key="network">
                <span className="jy-code">{network}</span>
                {vlanId !== null && (
                  <span className="jy-quiet-text jy-under">
                    {t(isTagged ? 'server.taggedVlan' : 'server.untaggedVlan', { vlan: vlanId })}
                  </span>
                )}
              </span>,
              <span key="addresses">
                {addresses.map((address) => (
                  <span key={address} className="jy-code jy-under jy-wrap-anywhere">
                    {address}
                  </span>
                ))}
              </span>,
            ])}
            none=""
          />
        )}
      </div>
      {cardNetworks.length > 0 && <p className="jy-quiet-text">{t('server.cardNetworksHint')}</p>}
    </Panel>
  );
}

type PartProps = {
  caption: string;
  heads: readonly [string, string, string];
  rows: readonly ReactNode[][];
  none: string;
  /** Its last column holds words, no figures. */
  texts?: boolean;
};

function Part({ caption, heads, rows, none, texts = false }: PartProps) {
  const isNumber = (at: number) => !texts && at === heads.length - 1;
  if (rows.length === 0)
    return (
      <div>
        <h3>{caption}</h3>
        <p className="jy-quiet-text">{none}</p>
      </div>
    );
  return (
    <div>
      <h3>{caption}</h3>
      <table className="jy-small-table" aria-label={caption}>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={isNumber(at) ? 'jy-cell-number' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two equal rows may stand there, and none moves.
            <tr key={number}>
              {row.map((cell, at) => (
                <td key={heads[at]} className={isNumber(at) ? 'jy-cell-number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
