import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { RequestDelivery } from './delivery.gql';
import { PaperFields } from './paper-fields.gql';

/** 纸质申请表: what was printed and sealed. */
export const RequestPapers = graphql(
  `
    fragment RequestPapers on Request {
      id
      code
      papers { ...PaperFields }
    }
  `,
  [PaperFields],
);

export const UploadSealedScanMutation = graphql(
  `
    mutation UploadSealedScan($input: UploadSealedScanInput!) {
      outcome: uploadSealedScan(input: $input) {
        request { id ...RequestPapers ...RequestDelivery }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestPapers, RequestDelivery, UserErrorFields],
);
