import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { CheckList } from '../components/CheckList';
import type { RequestDraft } from './request-draft';
import { type Suggestion, SuggestionList } from './SuggestionList';
import type { Preview } from './use-preview';

/** 等保: no pool of the center may carry the system's level. What is on record of it stands at the system. */
const LEVEL = 'P13';

type Props = {
  preview: Preview;
  draft: RequestDraft;
  /** Takes one suggestion into the line of the form with this number. */
  onTake: (number: number, suggestion: Suggestion) => void;
};

/** Line by line cost and verdict; the checks of each fold away. The list scrolls in itself, so that twenty lines take no more room than four. */
export function PreviewLines({ preview, draft, onTake }: Props) {
  const { t } = useTranslation();
  return (
    <section className="jy-preview-part" aria-label={t('previewMore.lines')}>
      <h3>{t('previewMore.lines')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard. */}
      <ol className="jy-preview-lines" tabIndex={0} aria-label={t('previewMore.lines')}>
        {preview.result.lines.map((line) => {
          const number = preview.lineNumbers[line.index] ?? line.index;
          return (
            <li key={line.index} data-passed={line.feasible}>
              <details>
                <summary>
                  {line.feasible ? <CheckCircleOutlined aria-hidden /> : <CloseCircleOutlined aria-hidden />}
                  <span>
                    <span className="jy-sr-only">{t(line.feasible ? 'preview.passed' : 'preview.failed')}</span>
                    {t('preview.line', { number: number + 1, name: draft.lines[number]?.name ?? '' })}
                  </span>
                  <span className="jy-line-cost jy-number">
                    <Money fen={line.monthlyCost} />
                  </span>
                </summary>
                <CheckList checks={[...line.checks].sort((one, other) => Number(one.passed) - Number(other.passed))} />
              </details>
              {draft.system && line.checks.some(({ criterion, passed }) => criterion === LEVEL && !passed) && (
                <Link to={routes.system(draft.system.id)}>{t('preview.levelOfSystem')}</Link>
              )}
              <SuggestionList
                suggestions={preview.result.suggestions.filter(({ lineIndex }) => lineIndex === line.index)}
                onTake={(suggestion) => onTake(number, suggestion)}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
