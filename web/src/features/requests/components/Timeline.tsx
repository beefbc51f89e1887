import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { RequestStateTag } from '../../../ui/states';
import { Time, Waiting } from '../../../ui/Time';
import { RequestTimeline } from '../requests.gql';
import { stepWord } from '../step-word';

/** 卡在哪: who has it now and for how long stands first, then what happened, newest first. */
export function Timeline({ request: masked }: { request: FragmentOf<typeof RequestTimeline> }) {
  const { t } = useTranslation();
  const request = readFragment(RequestTimeline, masked);
  const steps = [...request.steps].sort((one, other) => other.at.localeCompare(one.at));
  return (
    <Panel title={t('request.timeline')}>
      <ol className="jy-timeline">
        {request.holder && (
          <li data-now="true">
            <div className="jy-timeline-head">
              <RequestStateTag state={request.state} />
            </div>
            <p className="jy-strong">{t('request.heldBy', { holder: request.holder })}</p>
            {request.holderSince && (
              <p className="jy-quiet-text">
                {t('request.waitingFor')} <Waiting since={request.holderSince} />
              </p>
            )}
          </li>
        )}
        {steps.map((step) => (
          <li key={step.id}>
            <div className="jy-timeline-head">
              <span className="jy-strong">{stepWord(t, step.action)}</span>
              <Time at={step.at} />
            </div>
            <p className="jy-quiet-text">
              {step.actorName}
              {step.actorRole && ` · ${t(`role.${step.actorRole}`)}`}
            </p>
            {step.opinion && <blockquote className="jy-opinion">{step.opinion}</blockquote>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
