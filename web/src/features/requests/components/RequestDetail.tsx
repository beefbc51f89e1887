import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { ThreeCenters } from '../../../ui/three-centers/ThreeCenters';
import type { ThreeCentersCenter } from '../../../ui/three-centers/three-centers.gql';
import { plannedMachines } from '../planned-machines';
import { RequestParts } from '../requests.gql';
import { ChainPanel } from './ChainPanel';
import { DeliveryPanel } from './DeliveryPanel';
import { FactsPanel } from './FactsPanel';
import { GatesPanel } from './GatesPanel';
import { LinesPanel } from './LinesPanel';
import { PapersPanel } from './PapersPanel';
import { ResourcesPanel } from './ResourcesPanel';
import { Timeline } from './Timeline';

type Props = {
  request: FragmentOf<typeof RequestParts>;
  /** Absent in the queue's side panel, which has no room for the picture. */
  centers?: readonly FragmentOf<typeof ThreeCentersCenter>[];
};

/** One request as everybody sees it: the applicant on the detail page, the reviewer beside the queue. */
export function RequestDetail({ request: masked, centers }: Props) {
  const { t } = useTranslation();
  const request = readFragment(RequestParts, masked);
  const hasResources = request.lines.some((line) => line.resources.length > 0);
  return (
    <div className={centers ? 'jy-detail' : 'jy-detail-narrow'}>
      <div className="jy-detail-main">
        <DeliveryPanel request={request} />
        {hasResources && <ResourcesPanel request={request} />}
        <FactsPanel request={request} />
        <GatesPanel request={request} />
        <LinesPanel request={request} />
        <PapersPanel request={request} />
      </div>
      <div className="jy-detail-aside">
        <ChainPanel request={request} />
        <Timeline request={request} />
      </div>
      {centers && (
        <div className="jy-detail-whole">
          <Panel title={t('request.plan')}>
            <ThreeCenters centers={centers} planned={plannedMachines(request)} />
          </Panel>
        </div>
      )}
    </div>
  );
}
