import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FragmentOf } from '../../graphql/tada';
import type { UserErrorFields } from '../../graphql/user-error.gql';
import { userErrorsOf } from '../../graphql/user-errors';
import { StateTag } from '../StateTag';

export type Chosen = { id: string; name: string; version: number; system: { name: string } };
export type Answers = ReadonlyMap<string, readonly string[]>;

type Result = { errors: readonly FragmentOf<typeof UserErrorFields>[] };

export function answersOf<R extends Result>(results: readonly R[], idOf: (result: R) => string): Answers {
  return new Map(results.map((result) => [idOf(result), userErrorsOf(result.errors).map((e) => e.message)]));
}

export const doneOf = (answers: Answers): number => [...answers.values()].filter((said) => said.length === 0).length;

/** What was chosen, and of each what became of it. */
export function BatchAnswers({ rows, answers }: { rows: readonly Chosen[]; answers: Answers | null }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard.
    <ul className="jy-batch-results" tabIndex={0} aria-label={t('life.batchList')}>
      {rows.map((row) => {
        const said = answers?.get(row.id);
        return (
          <li key={row.id}>
            <span className="jy-strong">{row.name}</span> <span className="jy-quiet-text">{row.system.name}</span>
            {said && (
              <p>
                {said.length === 0 ? (
                  <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('life.done')} />
                ) : (
                  <StateTag look={{ tone: 'bad', icon: CloseCircleOutlined }} word={said.join(' ')} />
                )}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
