import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { ImportFigures } from '../imports.gql';

/** How many rows, and what becomes of them. Problems alone are coloured. */
export function ImportFiguresRow({ run: masked }: { run: FragmentOf<typeof ImportFigures> }) {
  const { t } = useTranslation();
  const run = readFragment(ImportFigures, masked);
  const figures = [
    { label: t('import.rows'), value: run.rowCount, bad: false },
    { label: t('import.outcome.ADD'), value: run.addedCount, bad: false },
    { label: t('import.outcome.UNCHANGED'), value: run.unchangedCount, bad: false },
    { label: t('import.problems'), value: run.problemCount, bad: run.problemCount > 0 },
  ];
  return (
    <ul className="jy-figures" aria-label={t('import.figures')}>
      {figures.map(({ label, value, bad }) => (
        <li key={label} className="jy-figure" data-bad={bad}>
          <div>
            <span className="jy-figure-label">{label}</span>
            <span className="jy-figure-value">{count(value)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
