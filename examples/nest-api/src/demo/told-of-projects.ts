import { challenge, says, type Told } from 'story';

export const badToken = challenge('invalid_token');
export const missingScope = challenge('insufficient_scope');

export const acmeProjects = says('Rocket skates', 'Hammock');
export const globexProjects = says('Hammock', 'Rocket');

/** It says nothing of what there is, and nothing of whose it would be. */
export const nothingThere: Told = (body) => {
  return body === '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no such resource"}';
};
