import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { GoLiveTimeline } from '../golive.gql';

/** What happened, the newest first. */
export function GoLiveTimelinePanel({ golive: masked }: { golive: FragmentOf<typeof GoLiveTimeline> }) {
  const { t } = useTranslation();
  const { events, state } = readFragment(GoLiveTimeline, masked);
  return (
    <Panel title={t('goLive.timeline')}>
      <ol className="jy-timeline">
        {(state === 'TRIAL' || state === 'ACCEPTANCE') && (
          <li data-now="true">
            <p className="jy-strong">{t(`goLive.waits.${state}`)}</p>
          </li>
        )}
        {events.toReversed().map((event) => (
          <li key={event.id}>
            <div className="jy-timeline-head">
              <span className="jy-strong">{t(`goLive.step.${event.action}`)}</span>
              <Time at={event.at} />
            </div>
            <p className="jy-quiet-text">{event.actorName}</p>
            {event.reason && <blockquote className="jy-opinion">{event.reason}</blockquote>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
