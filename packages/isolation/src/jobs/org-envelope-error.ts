/** The reasons why a job is not run. None of the texts reveals the content of the envelope. */
const orgEnvelopeReasons = {
  unsigned: 'The job carries no envelope, or one without a signature: it was not queued through orgEnvelope().',
  malformed: 'The envelope is not one of orgEnvelope().',
  unknown_key: 'The envelope is signed with a key that is not known here.',
  bad_signature: 'The signature does not belong to this envelope: its organization or its data were changed.',
  other_purpose: 'The envelope is for another kind of job.',
  expired: 'The envelope is older than it was made to be.',
} as const;

export type OrgEnvelopeReason = keyof typeof orgEnvelopeReasons;

/**
 * The envelope of a job does not prove which organization the job is for. The job is not run, now or on a later
 * attempt.
 */
export class OrgEnvelopeError extends Error {
  override readonly name = 'OrgEnvelopeError';

  constructor(readonly reason: OrgEnvelopeReason) {
    super(orgEnvelopeReasons[reason]);
  }
}
