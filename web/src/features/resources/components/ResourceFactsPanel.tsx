import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, sizedName, unsaid } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import { ResourceFacts } from '../resources.gql';

const MIB_PER_GIB = 1024;

export function ResourceFactsPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceFacts> }) {
  const { t } = useTranslation();
  const resource = readFragment(ResourceFacts, masked);
  const { offer } = resource;
  const facts: Fact[] = [
    {
      label: t('resource.offer'),
      value: offer
        ? [
            sizedName(offer.name, resource.vcpu, resource.memoryMib),
            ...unsaid(offer.name, t(`architecture.${offer.architecture}`)),
          ].join(' · ')
        : `${resource.vcpu} vCPU · ${count(resource.memoryMib / MIB_PER_GIB)} GiB`,
    },
    ...(resource.image ? [{ label: t('resource.image'), value: resource.image.name }] : []),
    { label: t('resource.management'), value: t(`management.${resource.management}`) },
    { label: t('resource.disk'), value: `${t(`tier.${resource.storageTier}`)} ${count(resource.diskGib)} GiB` },
    { label: t('resource.center'), value: <PlaceMark center={resource.center} /> },
    { label: t('resource.pool'), value: <span className="jy-code">{resource.pool.code}</span> },
    { label: t('resource.zone'), value: t(`zone.${resource.pool.zone}`) },
    { label: t('request.system'), value: `${resource.system.name} (${resource.system.code})` },
    { label: t('request.department'), value: resource.department.name },
    { label: t('request.project'), value: `${resource.project.name} (${resource.project.code})` },
    ...(resource.request
      ? [
          {
            label: t('resource.request'),
            value: (
              <Link className="jy-code" to={routes.request(resource.request.id)}>
                {resource.request.code}
              </Link>
            ),
          },
        ]
      : []),
    // Every machine has a price; who keeps machines running reads none.
    ...(resource.monthlyCost === null
      ? []
      : [{ label: t('request.monthlyCost'), value: <Money fen={resource.monthlyCost} /> }]),
    {
      label: t(resource.origin === 'INTAKE' ? 'resource.usedSince' : 'resource.deliveredAt'),
      value: <Time at={resource.deliveredAt} exact />,
    },
  ];
  if (resource.sourcePlatform) facts.push({ label: t('intake.sourcePlatform'), value: resource.sourcePlatform });
  if (resource.releasedAt)
    facts.push({ label: t('resource.releasedAt'), value: <Time at={resource.releasedAt} exact /> });
  return (
    <Panel title={t('resource.facts')}>
      <Facts facts={facts} />
    </Panel>
  );
}
