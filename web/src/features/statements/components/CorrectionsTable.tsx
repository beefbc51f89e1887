import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Money } from '../../../ui/Money';
import type { StatementCorrectionRow } from '../statements.gql';

/** What earlier, closed months owe or are owed: which month, why, and what was charged before. */
export function CorrectionsTable({ corrections }: { corrections: readonly ResultOf<typeof StatementCorrectionRow>[] }) {
  const { t } = useTranslation();
  return (
    <section className="jy-statement-part" aria-label={t('statement.corrections')}>
      <h3>{t('statement.corrections')}</h3>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('statement.ofMonth')}</th>
            <th scope="col">{t('statement.meter')}</th>
            <th scope="col">{t('statement.cause')}</th>
            <th scope="col" className="jy-cell-number">
              {t('statement.before')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('statement.correction')}
            </th>
          </tr>
        </thead>
        <tbody>
          {corrections.map(({ amount, before, cause, meter, name, ofMonth }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one meter of one month may be corrected twice, and rows never move.
            <tr key={`${ofMonth} ${meter} ${at}`}>
              <th scope="row">{ofMonth}</th>
              <td>{name}</td>
              <td>{cause ? t(`statement.causes.${cause}`) : '–'}</td>
              <td className="jy-cell-number">
                <Money fen={before} />
              </td>
              <td className="jy-cell-number">
                <Money fen={amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
