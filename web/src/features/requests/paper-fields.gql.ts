import { graphql } from '../../graphql/tada';

/** One paper of a request: what was printed and sealed of it. */
export const PaperFields = graphql(`
  fragment PaperFields on RequestPapers {
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
`);
