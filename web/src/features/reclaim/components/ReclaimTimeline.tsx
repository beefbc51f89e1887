import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { ReclaimEvents } from '../reclaim.gql';
import { waitsFor } from '../reclaim-states';

/** Whom it waits for stands first, then what happened, the newest first. */
export function ReclaimTimeline({ reclaim: masked }: { reclaim: FragmentOf<typeof ReclaimEvents> }) {
  const { t } = useTranslation();
  const { events, state } = readFragment(ReclaimEvents, masked);
  const waits = waitsFor[state];
  return (
    <Panel title={t('reclaim.timeline')}>
      <ol className="jy-timeline">
        {waits && (
          <li data-now="true">
            <p className="jy-strong">{t(`reclaim.${waits}`)}</p>
          </li>
        )}
        {events.toReversed().map((event) => (
          <li key={event.id}>
            <div className="jy-timeline-head">
              <span className="jy-strong">{t(`reclaim.step.${event.action}`)}</span>
              <Time at={event.at} />
            </div>
            <p className="jy-quiet-text">{event.actorName}</p>
            {event.reason && <blockquote className="jy-opinion">{event.reason}</blockquote>}
            {event.files.map((file) => (
              <p key={file.id}>
                <a href={file.url} download={file.name}>
                  {file.name}
                </a>
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
