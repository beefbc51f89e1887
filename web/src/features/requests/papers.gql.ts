import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

/** 纸质申请表: what was printed and sealed. */
export const RequestPapers = graphql(`
  fragment RequestPapers on Request {
    id
    code
    papers {
      standing
      checkCode
      formNumber
      formUrl
      neededBy
      mayUpload
      ports { name configured text }
      scans {
        id
        formNumber
        uploadedAt
        uploadedBy
        valid
        voidReasons
        file { id name url }
      }
    }
  }
`);

export const UploadSealedScanMutation = graphql(
  `
    mutation UploadSealedScan($input: UploadSealedScanInput!) {
      outcome: uploadSealedScan(input: $input) {
        request { id ...RequestPapers }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestPapers, UserErrorFields],
);
