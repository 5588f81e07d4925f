/** Why a job is not run. None of the texts holds what is in the envelope. */
const orgEnvelopeReasons = {
  unsigned: 'The job carries no envelope, or one without a signature: it was not queued through orgEnvelope().',
  malformed: 'The envelope is not one of orgEnvelope().',
  unknown_key: 'The envelope is signed with a key that is not known here.',
  bad_signature: 'The signature does not belong to this envelope: its organization or its data were changed.',
  other_purpose: 'The envelope is for another kind of job.',
  expired: 'The envelope is older than it was made to be.',
} as const;

export type OrgEnvelopeReason = keyof typeof orgEnvelopeReasons;

/** A job whose envelope does not prove for which organization it is. It is not run, now or at a later try. */
export class OrgEnvelopeError extends Error {
  override readonly name = 'OrgEnvelopeError';

  constructor(readonly reason: OrgEnvelopeReason) {
    super(orgEnvelopeReasons[reason]);
  }
}
