import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { ResourceEvents } from '../resources.gql';

/** The machine's life, newest first. */
export function EventsPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceEvents> }) {
  const { t } = useTranslation();
  const events = [...readFragment(ResourceEvents, masked).events].sort((one, other) => other.at.localeCompare(one.at));
  return (
    <Panel title={t('resource.events')}>
      {events.length === 0 ? (
        <p className="jy-quiet-text">{t('resource.noEvents')}</p>
      ) : (
        <ol className="jy-timeline">
          {events.map((event) => (
            <li key={event.id}>
              <div className="jy-timeline-head">
                <span>{event.text}</span>
                <Time at={event.at} />
              </div>
              {event.actorName && (
                <p className="jy-quiet-text">
                  {[event.side && t(`operate.side.${event.side}`), event.organisation, event.actorName]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              )}
              {event.reason && <blockquote className="jy-opinion">{event.reason}</blockquote>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
