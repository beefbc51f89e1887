import type { ReactNode } from 'react';
import type { UserError } from '../graphql/user-errors';
import { Panel } from './Panel';

/** A longer list stands in columns where the page has room for them. */
const SHORT = 6;

type Props = {
  problems: readonly UserError[];
  /** With problems, without any, and what is said then. */
  titles: { found: string; draft: string; none: string };
  /** With where in the draft it is, in words. */
  say: (problem: UserError) => ReactNode;
};

/** What keeps a draft from being put in force, wherever editions are drafted by one and published by another. */
export function DraftProblems({ problems, titles, say }: Props) {
  return (
    <Panel title={problems.length > 0 ? titles.found : titles.draft}>
      {problems.length === 0 ? (
        <p role="status">{titles.none}</p>
      ) : (
        <ul className={problems.length > SHORT ? 'jy-notes jy-draft-problems' : 'jy-notes'}>
          {problems.map((problem) => (
            <li key={`${problem.path.join('.')} ${problem.message}`}>{say(problem)}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
