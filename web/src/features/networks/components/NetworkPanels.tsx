import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { familyName } from '../network-look';
import { FigureParts, type NetworkPageQuery } from '../networks.gql';
import { AddressBar } from './AddressBar';

type Network = ResultOf<typeof NetworkPageQuery>['network'];

/** Where it is, its prefixes, and what of them is kept back. */
export function NetworkFacts({ network }: { network: Network }) {
  const { t } = useTranslation();
  const prefix = (text: string | null, gateway: string | null) =>
    text ? (
      <>
        <code>{text}</code>
        {gateway && (
          <>
            <span className="jy-quiet-text">{t('network.gateway')}</span> <code>{gateway}</code>
          </>
        )}
      </>
    ) : (
      t('network.noFamily')
    );
  const facts: Fact[] = [
    { label: t('resource.center'), value: <CenterMark role={network.center.role} name={network.center.name} /> },
    { label: t('resource.zone'), value: t(`zone.${network.zone}`) },
    { label: t('network.vlan'), value: network.vlanId ?? '–' },
    { label: familyName.IPV4, value: prefix(network.ipv4Prefix, network.ipv4Gateway), wide: true },
    { label: familyName.IPV6, value: prefix(network.ipv6Prefix, network.ipv6Gateway), wide: true },
  ];
  if (network.singleStackReason)
    facts.push({ label: t('network.singleStackReason'), value: network.singleStackReason, wide: true });
  return (
    <Panel title={t('resource.facts')}>
      <Facts facts={facts} />
      <h3 className="jy-part-title">{t('network.reserved')}</h3>
      {network.reserved.length === 0 ? (
        <p className="jy-quiet-text">{t('network.reservedNone')}</p>
      ) : (
        <ul className="jy-reserved-list">
          {network.reserved.map((range) => (
            <li key={range.first}>
              <code>{range.first === range.last ? range.first : `${range.first} – ${range.last}`}</code>
              {range.note && <span className="jy-quiet-text">{range.note}</span>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** How full each family is. */
export function NetworkFigures({ figures }: { figures: readonly FragmentOf<typeof FigureParts>[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('network.figures')}>
      <dl className="jy-network-figures">
        {readFragment(FigureParts, figures).map((each) => (
          <div key={each.family}>
            <dt>{familyName[each.family]}</dt>
            <dd>
              <AddressBar figures={each} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="jy-quiet-text">{t('network.restText')}</p>
    </Panel>
  );
}
