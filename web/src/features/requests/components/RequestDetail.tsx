import { type FragmentOf, readFragment } from '../../../graphql/tada';
import type { ThreeCentersCenter } from '../../../ui/three-centers/three-centers.gql';
import { wordKey } from '../request-line';
import type { RequestPaging } from '../request-paging';
import { RequestChoiceWords, RequestParts } from '../requests.gql';
import { AttachmentsPanel } from './AttachmentsPanel';
import { ChainPanel } from './ChainPanel';
import { ChangesPanel } from './ChangesPanel';
import { DeliveryPanel } from './DeliveryPanel';
import { FactsPanel } from './FactsPanel';
import { GatesPanel } from './GatesPanel';
import { LinesPanel } from './LinesPanel';
import { PapersPanel } from './PapersPanel';
import { PlanPanel } from './PlanPanel';
import { ResourcesPanel } from './ResourcesPanel';
import { Timeline } from './Timeline';
import { WaitingLine } from './WaitingLine';

type Props = {
  request: FragmentOf<typeof RequestParts> & FragmentOf<typeof RequestChoiceWords>;
  centers: readonly FragmentOf<typeof ThreeCentersCenter>[];
  /** In the queue's side panel: one column, and of the picture the plan alone. */
  beside?: boolean;
  paging: RequestPaging;
};

/** One request as everybody sees it: the applicant on the detail page, the reviewer beside the queue. */
export function RequestDetail({ request: masked, centers, beside = false, paging: { lines, machines } }: Props) {
  const request = readFragment(RequestParts, masked);
  const words = new Map(
    readFragment(RequestChoiceWords, masked).linePage.nodes.flatMap(({ service }) =>
      (service?.definition.fields ?? []).flatMap((field) =>
        // The question itself is kept under no answer.
        [{ value: '', label: field.label }, ...field.choices].map(
          ({ value, label }) => [wordKey(service?.definition.id ?? '', field.key, value), label] as const,
        ),
      ),
    ),
  );
  return (
    <div className={beside ? 'jy-detail-narrow' : 'jy-detail'}>
      <div className="jy-detail-main">
        <WaitingLine request={request} />
        <DeliveryPanel request={request} />
        <ResourcesPanel request={request} paging={machines} />
        <FactsPanel request={request} />
        <AttachmentsPanel request={request} />
        <GatesPanel request={request} />
        {beside && <PlanPanel request={request} centers={centers} compact />}
        {request.nature === 'CHANGE' ? (
          <ChangesPanel request={request} words={words} paging={lines} />
        ) : (
          <LinesPanel request={request} words={words} paging={lines} />
        )}
        <PapersPanel request={request} />
      </div>
      <div className="jy-detail-aside">
        <ChainPanel request={request} />
        <Timeline request={request} />
      </div>
      {!beside && (
        <div className="jy-detail-whole">
          <PlanPanel request={request} centers={centers} compact={false} />
        </div>
      )}
    </div>
  );
}
