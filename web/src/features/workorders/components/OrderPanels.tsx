import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { WorkStateTag, windowText } from '../../../ui/work-looks';
import type { WorkOrderParts } from '../workorders.gql';
import { DueMark } from './DueMark';

type Order = ResultOf<typeof WorkOrderParts>;

export function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation();
  const may = useMay();
  const facts: (Fact | false)[] = [
    {
      label: t('work.window'),
      value: <span className="jy-number">{windowText(order.windowFrom, order.windowTo)}</span>,
    },
    {
      label: t('work.rooms'),
      value: order.rooms.map((room) => `${room.code} ${room.name}`).join(t('common.comma')) || '–',
    },
    order.center !== null && {
      label: t('resource.center'),
      value: <CenterMark role={order.center.role} name={order.center.name} />,
    },
    { label: t('work.due'), value: <DueMark order={order} /> },
    { label: t('request.department'), value: order.departmentName },
    order.system !== null && {
      label: t('work.system'),
      value: <Link to={routes.system(order.system.id)}>{order.system.name}</Link>,
    },
    { label: t('work.applicant'), value: order.applicantName },
    {
      label: t('work.worker'),
      value: [order.companyName, order.assigneeName].filter(Boolean).join(' · ') || t('work.unassigned'),
    },
    order.escort !== null && { label: t('work.escort'), value: order.escort },
    order.requestId !== null && {
      label: t('work.request'),
      value: may('REQUEST', 'READ') ? (
        <Link className="jy-code" to={routes.request(order.requestId)}>
          {order.requestCode}
        </Link>
      ) : (
        <span className="jy-code">{order.requestCode}</span>
      ),
    },
    order.slipNumber !== null && {
      label: t('work.slip'),
      value: (
        <Link className="jy-code" to={routes.releaseSlip(order.id)}>
          {order.slipNumber}
        </Link>
      ),
    },
    order.overlapReason !== null && { label: t('work.overlapReason'), value: order.overlapReason, wide: true },
    order.instructions !== '' && { label: t('work.instructions'), value: order.instructions, wide: true },
  ];
  return (
    <Panel title={t('work.facts')}>
      <Facts facts={facts.filter((fact) => fact !== false)} />
    </Panel>
  );
}

export function EntrantsPanel({ order }: { order: Order }) {
  const { t } = useTranslation();
  if (order.entrants.length === 0) return null;
  return (
    <Panel title={t('work.entrants')} aside={<span className="jy-number jy-quiet-text">{order.entrants.length}</span>}>
      <ul className="jy-plain-list">
        {order.entrants.map((entrant) => (
          <li key={`${entrant.name}${entrant.idLastFour}`}>
            <span className="jy-strong">{entrant.name}</span> <span className="jy-quiet-text">{entrant.vendor}</span>
            <span className="jy-number jy-plain-end">{t('work.idTail', { tail: entrant.idLastFour })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function EquipmentPanel({ order }: { order: Order }) {
  const { t } = useTranslation();
  if (order.equipment.length === 0) return null;
  return (
    <Panel
      title={t('work.equipment')}
      aside={<span className="jy-number jy-quiet-text">{order.equipment.length}</span>}
    >
      <ul className="jy-work-things">
        {order.equipment.map(({ equipment, place }) => (
          <li key={equipment.id}>
            <div>
              <p className="jy-strong">{equipment.label}</p>
              <p className="jy-code jy-quiet-text">{equipment.serial}</p>
              <p className="jy-quiet-text">
                {equipment.owner}
                {equipment.domestic && ` · ${t('work.domestic')}`}
              </p>
            </div>
            <div className="jy-work-thing-end">
              <p className="jy-number">
                {equipment.heightUnits} U · {count(equipment.powerW)} W · {equipment.weightGrams / 1000} kg
              </p>
              <p>
                {place ? (
                  <span className="jy-code">
                    {place.cabinetCode}
                    {place.startUnit !== null && ` U${place.startUnit}`}
                  </span>
                ) : (
                  <span className="jy-quiet-text">{t('work.noPlace')}</span>
                )}{' '}
                <span className="jy-quiet-text">{t(`work.equipmentState.${equipment.state}`)}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function PortsPanel({ order }: { order: Order }) {
  const { t } = useTranslation();
  if (order.portClaims.length === 0) return null;
  return (
    <Panel title={t('work.ports')}>
      <WideTable label={t('work.ports')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th>{t('work.portSet')}</th>
              <th>{t('work.portKindTitle')}</th>
              <th className="jy-cell-number">{t('work.portCount')}</th>
              <th>{t('resource.state')}</th>
            </tr>
          </thead>
          <tbody>
            {order.portClaims.map((claim) => (
              <tr key={claim.portSetId}>
                <td>{claim.label}</td>
                <td>{t(`work.portKind.${claim.kind}`)}</td>
                <td className="jy-cell-number">{claim.count}</td>
                <td>{t(`work.claimState.${claim.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}

export function OrderTimeline({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('work.timeline')}>
      <ol className="jy-timeline">
        {order.events.toReversed().map((event, at) => (
          <li key={`${event.at}${event.action}`} data-now={at === 0}>
            <div className="jy-timeline-head">
              <span className="jy-strong">{t(`work.event.${event.action}`, { defaultValue: event.action })}</span>
              <Time at={event.at} />
            </div>
            <p className="jy-quiet-text">
              {event.actorName} <WorkStateTag state={event.toState} />
            </p>
            {event.opinion && <blockquote className="jy-opinion">{event.opinion}</blockquote>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
