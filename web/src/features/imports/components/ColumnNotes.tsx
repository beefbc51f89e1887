import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import type { ImportKindChoice } from '../imports.gql';

type Column = ResultOf<typeof ImportKindChoice>['columns'][number];

/** What each column may hold: the same that the template's second sheet says. */
export function ColumnNotes({ columns }: { columns: readonly Column[] }) {
  const { t } = useTranslation();
  return (
    <details className="jy-notes">
      <summary>{t('import.columns', { total: columns.length })}</summary>
      <ul>
        {columns.map(({ key, title, required, note, choices }) => (
          <li key={key}>
            <strong>{title}</strong>
            {required && <span className="jy-mark">{t('import.required')}</span>}
            <span className="jy-quiet-text">{[note, choices.join(t('common.comma'))].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
