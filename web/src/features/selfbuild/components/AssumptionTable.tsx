import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { WideTable } from '../../../ui/WideTable';
import { AssumptionParts } from '../selfbuild.gql';
import { type Edition, group } from '../selfbuild-words';

/** What an edition assumes, group by group, each value with where it is from. */
export function AssumptionTable({ edition }: { edition: Edition }) {
  const { t } = useTranslation();
  const rows = readFragment(AssumptionParts, edition.assumptions);
  return (
    <Panel title={t('selfBuild.assumptions')}>
      <WideTable label={t('selfBuild.assumptions')}>
        <table
          className="jy-small-table jy-finance-table jy-self-build-assumptions"
          aria-label={t('selfBuild.assumptions')}
        >
          <thead>
            <tr>
              <th scope="col">{t('selfBuild.item')}</th>
              <th scope="col" className="jy-cell-number">
                {t('selfBuild.value')}
              </th>
              <th scope="col">{t('selfBuild.unit')}</th>
              <th scope="col">{t('selfBuild.source')}</th>
              <th scope="col">{t('selfBuild.note')}</th>
            </tr>
          </thead>
          {[...Map.groupBy(rows, (row) => row.group)].map(([part, of]) => (
            <tbody key={part}>
              <tr>
                <th scope="rowgroup" colSpan={5} className="jy-self-build-group">
                  {t(`selfBuild.groups.${part}`)}
                </th>
              </tr>
              {of.map(({ key, note, source, unit, value }) => (
                <tr key={key}>
                  <th scope="row">{t(`selfBuild.keys.${key}`)}</th>
                  <td className="jy-cell-number">{value === null ? '–' : group(value)}</td>
                  <td className="jy-quiet-text">{t(`selfBuild.units.${unit}`)}</td>
                  <td>
                    <span className={source === 'PUBLIC' ? 'jy-mark' : 'jy-quiet-text'}>
                      {t(`selfBuild.sources.${source}`)}
                    </span>
                  </td>
                  <td className="jy-quiet-text">{note}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </WideTable>
    </Panel>
  );
}
