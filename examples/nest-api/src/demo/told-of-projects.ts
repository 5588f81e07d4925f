import { challenge, says, type Told } from 'story';

export const badToken = challenge('invalid_token');
export const missingScope = challenge('insufficient_scope');

export const acmeProjects = says('Rocket skates', 'Hammock');
export const globexProjects = says('Hammock', 'Rocket');

/** It reveals neither whether the project exists nor whose it is. */
export const nothingThere: Told = (body) => {
  return body === '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no such resource"}';
};
