import { BulbOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money';
import type { Preview } from './use-preview';

export type Suggestion = Preview['result']['suggestions'][number];

/** What would make a line fit, each taken with one press. */
export function SuggestionList({
  suggestions,
  onTake,
}: {
  suggestions: readonly Suggestion[];
  onTake: (suggestion: Suggestion) => void;
}) {
  const { t } = useTranslation();
  if (suggestions.length === 0) return null;
  return (
    <div className="jy-suggestions">
      <p className="jy-quiet-text">
        <BulbOutlined aria-hidden /> {t('preview.wouldFit')}
      </p>
      <ul>
        {suggestions.map((suggestion) => (
          <li key={suggestion.kind}>
            <span>
              {suggestion.text}
              {suggestion.monthlyCost !== null && (
                <span className="jy-quiet-text">
                  {' '}
                  {t('preview.wouldCost')} <Money fen={suggestion.monthlyCost} />
                </span>
              )}
            </span>
            <Button
              size="small"
              aria-label={t('preview.takeThis', { text: suggestion.text })}
              onClick={() => onTake(suggestion)}
            >
              {t('preview.take')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
