import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { CheckList } from '../components/CheckList';
import { type CenterFit, centerFits } from './center-fits';
import type { Preview } from './use-preview';

const looks = {
  fits: { tone: 'good', icon: CheckCircleOutlined },
  owed: { tone: 'waiting', icon: ClockCircleOutlined },
  not: { tone: 'bad', icon: CloseCircleOutlined },
} as const;
const lookOf = ({ fits, owed }: CenterFit): keyof typeof looks => (fits ? (owed ? 'owed' : 'fits') : 'not');

/** Center by center what it would take, and what stands in the way there. */
export function CenterFits({ lines }: { lines: Preview['result']['lines'] }) {
  const { t } = useTranslation();
  const fits = centerFits(lines);
  if (fits.length === 0) return null;
  return (
    <ul className="jy-center-fits" aria-label={t('previewMore.centers')}>
      {fits.map((fit) => (
        <li key={fit.center?.id ?? 'none'}>
          <div className="jy-line-head">
            {fit.center ? (
              <CenterMark role={fit.center.role} name={fit.center.name} />
            ) : (
              <span>{t('previewMore.noCenter')}</span>
            )}
            <span className="jy-line-cost">
              <StateTag look={looks[lookOf(fit)]} word={t(`previewMore.verdict.${lookOf(fit)}`)} />
            </span>
          </div>
          <p className="jy-quiet-text">
            {fit.counts
              .map((one) => t(`previewMore.standing.${one.standing}`, { things: count(one.count) }))
              .join(' · ')}
          </p>
          {fit.failed.length > 0 && <CheckList checks={fit.failed} />}
        </li>
      ))}
    </ul>
  );
}
