import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import type { GradeAppeals } from '../performance.gql';

/** 佐证: what the department sent with its appeal, for whoever reads or answers it. */
export function AppealFiles({ appeal: { files } }: { appeal: ResultOf<typeof GradeAppeals>['appeals'][number] }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <p>
      <span className="jy-quiet-text">{t('performance.proofFiles')}</span>{' '}
      {files.map((file) => (
        <a key={file.id} className="jy-spend-file" href={file.url}>
          {file.name}
        </a>
      ))}
    </p>
  );
}
