import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { drGrades } from '../../../ui/dr-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import type { DrGroupRow } from '../dr.gql';
import { durationText, modeText } from '../dr-words';

export type DrGroupLine = ResultOf<typeof DrGroupRow>;

const REASONS_SHOWN = 2;

export function groupColumns(t: TFunction): Column<DrGroupLine>[] {
  const sayReason = ({ text, tierName }: DrGroupLine['reasons'][number]) =>
    tierName ? t('dr.ofTier', { tier: tierName, text }) : text;
  return [
    {
      key: 'name',
      title: t('dr.group'),
      leading: true,
      render: ({ department, id, name }) => (
        <>
          <Link to={routes.drGroup(id)}>{name}</Link>
          <div className="jy-quiet-text">{department?.name}</div>
        </>
      ),
      text: ({ name }) => name,
    },
    {
      key: 'grade',
      title: t('dr.gradeLabel'),
      render: ({ grade, gradeSince }) => (
        <>
          <StateTag look={drGrades[grade]} word={t(`dr.grade.${grade}`)} />
          <div className="jy-quiet-text">
            <Time at={gradeSince} />
          </div>
        </>
      ),
      text: ({ grade }) => t(`dr.grade.${grade}`),
    },
    {
      key: 'reasons',
      title: t('dr.reasons'),
      render: ({ reasons }) =>
        reasons.length === 0 ? (
          <span className="jy-quiet-text">{t('dr.noReason')}</span>
        ) : (
          <>
            {reasons.slice(0, REASONS_SHOWN).map((reason, at) => (
              <div key={String(at)}>{sayReason(reason)}</div>
            ))}
            {reasons.length > REASONS_SHOWN && (
              <div className="jy-quiet-text">{t('dr.moreReasons', { n: reasons.length - REASONS_SHOWN })}</div>
            )}
          </>
        ),
      text: ({ reasons }) => reasons.map(sayReason).join('; '),
    },
    {
      key: 'promised',
      title: t('dr.promised'),
      render: ({ localMode, remoteMode }) => modeText(t, localMode, remoteMode),
      text: ({ localMode, remoteMode }) => modeText(t, localMode, remoteMode),
    },
    {
      key: 'reached',
      title: t('dr.reached'),
      render: ({ localReached, remoteReached }) => modeText(t, localReached, remoteReached),
      text: ({ localReached, remoteReached }) => modeText(t, localReached, remoteReached),
    },
    {
      key: 'level',
      title: t('dr.level'),
      optional: true,
      render: ({ level, targetLevel }) =>
        t('dr.levelAgainst', { level: level.level ?? '–', target: targetLevel ?? '–' }),
      text: ({ level, targetLevel }) => `${level.level ?? '–'} / ${targetLevel ?? '–'}`,
    },
    {
      key: 'objectives',
      title: 'RTO / RPO',
      optional: true,
      render: ({ rpoSeconds, rtoSeconds }) => `${durationText(t, rtoSeconds)} / ${durationText(t, rpoSeconds)}`,
      text: ({ rpoSeconds, rtoSeconds }) => `${rtoSeconds ?? ''} / ${rpoSeconds ?? ''}`,
    },
    {
      key: 'judgedAt',
      title: t('dr.judgedAt'),
      optional: true,
      render: ({ judgedAt }) => <Time at={judgedAt} />,
      text: ({ judgedAt }) => judgedAt && exactTime(judgedAt),
    },
  ];
}
