import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { SystemGoLive } from './systems.gql';

export const TrialRulesQuery = graphql(`
  query TrialRules {
    goLivePolicy { number trialDays trialDayKind beginBackDays beginAheadDays parties { party fromLevel } }
  }
`);

export const BeginTrialMutation = graphql(
  `
    mutation BeginTrial($input: BeginTrialInput!) {
      outcome: beginTrial(input: $input) {
        case { id code system { id ...SystemGoLive } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SystemGoLive, UserErrorFields],
);
