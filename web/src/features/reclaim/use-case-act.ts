import type { ReclaimAction } from '../../graphql/enums';
import { useOutcome } from '../../ui/forms/use-outcome';
import {
  AgreeToReclaimMutation,
  CloseReclaimCaseMutation,
  DecideReclaimMutation,
  ObjectToReclaimMutation,
  UndoReclaimMutation,
} from './reclaim.gql';

/** One step of a case; each has a document of its own, and all of them the same input. */
export function useCaseAct(action: ReclaimAction) {
  const OBJECT = useOutcome(ObjectToReclaimMutation);
  const AGREE = useOutcome(AgreeToReclaimMutation);
  const RECLAIM = useOutcome(DecideReclaimMutation);
  const CLOSE = useOutcome(CloseReclaimCaseMutation);
  const UNDO = useOutcome(UndoReclaimMutation);
  return { OBJECT, AGREE, RECLAIM, CLOSE, UNDO }[action];
}
